import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let ticksPerSecond = 0;

/**
 * CPU seconds, user and system together, that a process has used so far itself (`own`) and that the
 * children that it has waited for have used (`children`). From proc(5), so on Linux only.
 * @param {number | 'self'} pid
 * @returns {{ own: number, children: number }}
 */
export function cpuSeconds(pid) {
  ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in parentheses that may hold anything; utime is the fourteenth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
  return { own: (utime + stime) / ticksPerSecond, children: (cutime + cstime) / ticksPerSecond };
}
