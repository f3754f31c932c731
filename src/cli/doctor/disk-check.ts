import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatBytes } from '../output/amounts.js';
import type { Check } from './check.js';

/** Less holds hardly one episode with its renditions. */
const tooLittleBytes = 1e9;
const littleBytes = 10e9;

/** How much space is left where the media lie (or will lie). */
export async function checkDisk(mediaDirectory: string): Promise<Check> {
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

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
