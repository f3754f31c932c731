/** What is said while a quality that somebody wants is still to be made. */
import type { Clock, OutputStream } from '../deps.js';
import { formatDuration, formatPercent } from '../output/amounts.js';
import { sayLine } from '../output/say.js';
import { eraseLine } from '../progress/erase-line.js';
import { RateMeter } from '../progress/rate.js';

/** How much is there of the picture or sound that is made last. */
export interface Made {
  readonly segments: number;
  readonly segmentsDone: number;
  /** Why the daemon makes less than it could; undefined: it does not. */
  readonly held: string | undefined;
}

export interface WaitListener {
  /** It is waited for; said again every few seconds. `made`: undefined where nobody says how much there is. */
  waits(quality: string, made: Made | undefined): void;
  /** It will not be made: another one that is there is taken. */
  takesOther(quality: string): void;
  /** Nothing is waited for any more. */
  ended(): void;
}

export const silent: WaitListener = {
  waits: () => undefined,
  takesOther: () => undefined,
  ended: () => undefined,
};

/** A segment may take longer than the time between two looks. */
const rateWindowMs = 30_000;

/** Says each thing once; where `isSeen`, a line of the terminal says how far it is, and does not stay. */
export function sayWaits(
  deps: { readonly stderr: OutputStream; readonly clock: Clock },
  isSeen: boolean,
): WaitListener {
  const meter = new RateMeter(rateWindowMs);
  const said = new Set<string>();
  const erase = () => isSeen && said.size > 0 && deps.stderr.write(eraseLine);
  const sayOnce = (line: string) => {
    if (said.has(line)) return;
    erase();
    sayLine(deps, line);
    said.add(line);
  };
  return {
    waits(quality, made) {
      sayOnce(`Waiting until ${quality} is made. Ctrl-C ends the waiting alone.`);
      if (made?.held !== undefined) sayOnce(made.held);
      if (!isSeen || made === undefined) return;
      const rate = meter.add(deps.clock.monotonic(), made.segmentsDone);
      deps.stderr.write(`${eraseLine}${madeLine(quality, made, rate)}`);
    },
    takesOther: (quality) => sayOnce(`${quality} is not made: taking the best that is.`),
    ended: () => void erase(),
  };
}

/** Pure: `1080p: 41% made, 0:40 left`. `rate`: segments a second, null while nobody knows. */
export function madeLine(
  quality: string,
  { segments, segmentsDone }: Pick<Made, 'segments' | 'segmentsDone'>,
  rate: number | null,
): string {
  const share = `${quality}: ${formatPercent((segmentsDone / segments) * 100)} made`;
  if (rate === null || rate <= 0) return share;
  return `${share}, ${formatDuration((segments - segmentsDone) / rate)} left`;
}
