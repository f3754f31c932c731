import { readdirSync, readFileSync } from 'node:fs';

export const hasProc = process.platform === 'linux';

/** The ids of the ffmpeg processes that this one has started and that have not ended. Linux only. */
export function runningFfmpegs(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isFfmpegOf(parent, pid));
}

/** proc(5): pid (comm) state ppid …; one that has ended between is none. */
function isFfmpegOf(parent: number, pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return name === 'ffmpeg' && Number(ppid) === parent && state !== 'Z';
  } catch {
    return false;
  }
}
