import { open } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import { inputArguments } from './input.js';
import type { Source } from './inspect.js';
import { runText } from './run.js';
import type { Tools } from './tool-pair.js';

/**
 * Transport and program streams have no index: ffmpeg seeks them by guessing and loses frames at
 * the seams of chunks (4 of 6 files, up to two thirds of the frames). As Matroska they are exact.
 */
export function isSeekable(source: Source): boolean {
  return !['mpegts', 'mpeg'].includes(source.format.format_name);
}

/** Copies all pictures, sound and subtitles into a Matroska file at `to`, synced. */
export async function makeSeekable(
  tools: Tools,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', '-fflags', '+genpts', ...inputArguments(from)],
      ...['-map', '0:v', '-map', '0:a?', '-map', '0:s?', '-c', 'copy'],
      ...['-f', 'matroska', '-y', to],
    ],
    { signal, timeoutMs: 3_600_000 },
  );
  if (exitCode !== 0) {
    throw new KdramaError('TRANSCODE_FAILED', `the stream cannot be indexed (${stderr})`);
  }
  const file = await open(to);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
