import { readFileSync } from 'node:fs';
import type { Check } from './check.js';

const limitPath = '/proc/sys/fs/inotify/max_user_watches';
/** A watch a directory; what other programs watch counts, too. */
const fewWatches = 16_384;

/** Whether many folders can be watched; nothing where the kernel has no such limit. */
export function checkInotify(read: (path: string) => string = readText): Check[] {
  try {
    return [assessInotify(Number(read(limitPath)))];
  } catch {
    return [];
  }
}

/** Pure. */
export function assessInotify(watches: number): Check {
  const message = `${watches} folders and files may be watched`;
  if (watches >= fewWatches) return { name: 'inotify', level: 'ok', message };
  const setting = 'fs.inotify.max_user_watches=262144';
  return {
    name: 'inotify',
    level: 'warn',
    message: `${message}, by all programs together`,
    advice: `sudo sysctl -w ${setting}; for good: a line in /etc/sysctl.d/90-inotify.conf`,
  };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
