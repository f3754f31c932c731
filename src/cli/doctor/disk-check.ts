import { statfs } from 'node:fs/promises';
import { formatBytes } from '../output/amounts.js';
import type { Check } from './check.js';
import { canBeWritten, nearestExisting } from './writable.js';

/** Less holds hardly one episode with its renditions. */
const tooLittleBytes = 1e9;
const littleBytes = 10e9;

/** Whether the media can be written where they lie (or will lie), and how much space is left there. */
export async function checkDisk(mediaDirectory: string): Promise<Check> {
  if (!canBeWritten(mediaDirectory)) {
    return {
      ...{ name: 'disk', level: 'fail', message: `${mediaDirectory} cannot be written` },
      advice: 'Is its disk there? Else make it yours, or set media.dir (KDRAMA_MEDIA_DIR).',
    };
  }
  const { bavail, bsize } = await statfs(nearestExisting(mediaDirectory));
  return assessDisk(bavail * bsize, mediaDirectory);
}

/** Pure. */
export function assessDisk(freeBytes: number, mediaDirectory: string): Check {
  const message = `${formatBytes(freeBytes)} free for ${mediaDirectory}`;
  if (freeBytes >= littleBytes) return { name: 'disk', level: 'ok', message };
  return {
    name: 'disk',
    level: freeBytes < tooLittleBytes ? 'fail' : 'warn',
    message,
    advice: 'Free some space, or set media.dir (KDRAMA_MEDIA_DIR) to a larger disk.',
  };
}
