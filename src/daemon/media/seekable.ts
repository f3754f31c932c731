import { open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
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

const fullBelowBytes = 4 * 1024 * 1024;

/** Copies all pictures and sound (such streams have no text subtitles) into a Matroska file at `to`, synced. */
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
      ...['-map', '0:v', '-map', '0:a?', '-c', 'copy'],
      ...['-f', 'matroska', '-y', to],
    ],
    { signal, timeoutMs: 3_600_000 },
  );
  const { bavail, bsize } = await statfs(dirname(to));
  if (exitCode !== 0 && bavail * bsize < fullBelowBytes) throw new KdramaError('STORAGE_FULL');
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
