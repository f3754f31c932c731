import type { Clock, OutputStream } from '../deps.js';
import { formatBytes, formatDuration, formatPercent } from '../output/amounts.js';
import { eraseLine } from '../progress/erase-line.js';
import { RateMeter } from '../progress/rate.js';

const everyMs = 100;

/** The same pieces; while they come, one line of a terminal says how far it is. Nothing of it stays. */
export async function* showProgress(
  pieces: AsyncIterable<Buffer>,
  sizeBytes: number | null,
  { stderr, clock }: { readonly stderr: OutputStream; readonly clock: Clock },
): AsyncGenerator<Buffer> {
  const meter = new RateMeter();
  let bytes = 0;
  let shownAt = -Infinity;
  try {
    for await (const piece of pieces) {
      yield piece;
      bytes += piece.length;
      const now = clock.monotonic();
      if (now - shownAt < everyMs) continue;
      shownAt = now;
      stderr.write(`${eraseLine}${progressLine(bytes, sizeBytes, meter.add(now, bytes))}`);
    }
  } finally {
    stderr.write(eraseLine);
  }
}

/** Pure: `41%  12 MB/s  0:40 left`; bytes instead where nobody knows how many there will be. */
export function progressLine(bytes: number, sizeBytes: number | null, rate: number | null): string {
  const moves = rate !== null && rate > 0;
  const pace = moves ? [`${formatBytes(rate)}/s`] : [];
  if (sizeBytes === null) return [formatBytes(bytes), ...pace].join('  ');
  const left = moves ? [`${formatDuration((sizeBytes - bytes) / rate)} left`] : [];
  return [formatPercent((bytes / sizeBytes) * 100), ...pace, ...left].join('  ');
}
