/** Said while a quality that somebody wants is still to be made. */
import type { Clock, OutputStream } from '../deps.js';
import { formatDuration, formatPercent } from '../output/amounts.js';
import { sayLine } from '../output/say.js';
import { eraseLine } from '../progress/erase-line.js';
import { RateMeter } from '../progress/rate.js';

/** Of a rendition. */
export interface Made {
  readonly segments: number;
  readonly segmentsDone: number;
}

/** Who is told that it is waited for, every few seconds, and that this is over. */
export interface Waiting {
  readonly tell: (quality: string, made: Made | undefined) => void;
  readonly end: () => void;
}

export const unsaid: Waiting = { tell: () => undefined, end: () => undefined };

/** A segment takes seconds. */
const rateWindowMs = 30_000;

/** Says once that it waits; where `isSeen`, a line of the terminal says how far it is, and does not stay. */
export function sayWaiting(
  deps: { readonly stderr: OutputStream; readonly clock: Clock },
  isSeen: boolean,
): Waiting {
  const meter = new RateMeter(rateWindowMs);
  let hasSpoken = false;
  return {
    tell(quality, made) {
      if (!hasSpoken) {
        sayLine(deps, `Waiting until ${quality} is made. Ctrl-C ends the waiting alone.`);
      }
      hasSpoken = true;
      if (!isSeen || made === undefined) return;
      const rate = meter.add(deps.clock.monotonic(), made.segmentsDone);
      deps.stderr.write(`${eraseLine}${madeLine(quality, made, rate)}`);
    },
    end() {
      if (hasSpoken && isSeen) deps.stderr.write(eraseLine);
    },
  };
}

/** Pure: `1080p: 41% made, 0:40 left`. `rate`: segments a second, null while nobody knows. */
export function madeLine(
  quality: string,
  { segments, segmentsDone }: Made,
  rate: number | null,
): string {
  const share = `${quality}: ${formatPercent((segmentsDone / segments) * 100)} made`;
  if (rate === null || rate <= 0) return share;
  return `${share}, ${formatDuration((segments - segmentsDone) / rate)} left`;
}
