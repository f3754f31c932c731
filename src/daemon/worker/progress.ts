import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/**
 * Follows ffmpeg's `-progress`: calls back with the seconds of output made so far in this run. They
 * count from where it began to read: `-output_ts_offset` is added later, by the muxer.
 */
export async function followProgress(
  stdout: Readable,
  onSeconds: (seconds: number) => void,
): Promise<void> {
  for await (const line of createInterface({ input: stdout })) {
    const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (microseconds !== undefined) onSeconds(Number(microseconds) / 1e6);
  }
}
