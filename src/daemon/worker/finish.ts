import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { publishFiles } from './local-files.js';
import type { ExpectedRendition, TaskPorts } from './task.js';

/**
 * The last check before a job is called ready: every file that the database names is on the disk
 * with the size it was published with. Throws TRANSCODE_FAILED naming the first that is not.
 */
export async function verifyFiles(
  expected: readonly ExpectedRendition[],
  signal: AbortSignal,
): Promise<void> {
  for (const rendition of expected) {
    signal.throwIfAborted();
    const files = filesOf(rendition);
    const sizes = await Promise.all(files.map(({ path }) => sizeOf(path)));
    const wrong = files.findIndex(({ sizeBytes }, index) => sizes[index] !== sizeBytes);
    if (wrong < 0) continue;
    throw new KdramaError(
      'TRANSCODE_FAILED',
      `${files[wrong]?.path} should have ${files[wrong]?.sizeBytes} bytes, it has ${sizes[wrong]}`,
    );
  }
}

/** `metadata.json` beside the video's files. */
export async function writeMetadata(
  metadata: Readonly<Record<string, unknown>>,
  { videoDirectory, attemptDirectory }: Pick<TaskPorts, 'videoDirectory' | 'attemptDirectory'>,
): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(metadata, null, 2)}\n`);
  await publishFiles([{ path: join(videoDirectory, 'metadata.json'), bytes }], attemptDirectory);
}

function filesOf(rendition: ExpectedRendition): { path: string; sizeBytes: number }[] {
  const { directory, kind, initBytes, segments } = rendition;
  const init =
    initBytes === null ? [] : [{ path: join(directory, 'init.mp4'), sizeBytes: initBytes }];
  const nameOf = (number: number) => (kind === 'subtitle' ? 'cues.vtt' : `${number}.m4s`);
  return [
    ...init,
    ...segments.map(({ number, sizeBytes }) => ({
      path: join(directory, nameOf(number)),
      sizeBytes,
    })),
  ];
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
