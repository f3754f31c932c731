import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KdramaError } from '../../../shared/errors.js';
import type { runText } from '../ffmpeg/run.js';

const fullBelowBytes = 4 * 1024 * 1024;

/** Throws STORAGE_FULL, or TRANSCODE_FAILED with this problem, where a program has not written all of `path`. */
export async function demandWholeFile(
  path: string,
  { exitCode, stderr }: Pick<Awaited<ReturnType<typeof runText>>, 'exitCode' | 'stderr'>,
  problem: string,
): Promise<void> {
  if (exitCode === 0 && !isCutOff(stderr)) return;
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize < fullBelowBytes) throw new KdramaError('STORAGE_FULL');
  throw new KdramaError('TRANSCODE_FAILED', `${problem} (${stderr})`);
}

/** A disk that is full at the very end is success to ffmpeg 5.1 (its -xerror would stop at a broken packet, too). */
function isCutOff(stderr: string): boolean {
  return /^Error (writing trailer|closing file)/m.test(stderr);
}
