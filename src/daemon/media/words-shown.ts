import { toTicks } from '../../shared/time.js';
import { listPacketsBetween } from './packets.js';
import type { Tools } from './tool-pair.js';

/** Words that stand for longer are cut off where a chunk begins. */
const longestWords = toTicks(120);

/**
 * From which tick on a picture subtitle has to be read, so that what is shown at `tick` is drawn: such a
 * track says only when words appear and go.
 */
export async function startOfWords(
  tools: Tools,
  path: string,
  { stream, tick }: { readonly stream: number; readonly tick: number },
  signal: AbortSignal,
): Promise<number> {
  if (tick <= 0) return tick;
  const range = [Math.max(0, tick - longestWords), tick] as const;
  const packets = await listPacketsBetween(tools, path, stream, range, signal);
  const before = packets.flatMap(({ ticks }) =>
    ticks !== undefined && ticks < tick ? [ticks] : [],
  );
  const last = before.reduce((latest, ticks) => Math.max(latest, ticks), -Infinity);
  return last < range[0] ? tick : last;
}
