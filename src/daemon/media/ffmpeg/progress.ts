import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/**
 * Follows ffmpeg's `-progress`: calls back with the seconds of output made so far in this run, until
 * `end`. They count from where it began to read: `-output_ts_offset` is added later, by the muxer.
 */
export function followProgress(
  stdout: Readable,
  onSeconds: (seconds: number) => void,
): { end(): void } {
  const lines = createInterface({ input: stdout });
  lines.on('line', (line) => {
    // Before the first picture it is N/A, or a very negative number.
    const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (microseconds !== undefined) onSeconds(Number(microseconds) / 1e6);
  });
  return { end: () => lines.close() };
}
