import { fstatSync, statSync } from 'node:fs';
import { pino, type LevelWithSilent, type Logger } from 'pino';
import { RotatingFile } from './rotating-file.js';

/** Names of what opens something. Nothing that is logged has them; should it ever, it is cut out. */
const secretNames = ['authorization', 'cookie', 'password', 'token', 'secret'];
const redact = {
  paths: secretNames.flatMap((name) => [name, `*.${name}`]),
  censor: '[redacted]',
};

/** JSON lines, each written at once, so that the last words of a process that dies are there. */
export function openLog(
  to: 'stderr' | { readonly path: string },
  level: LevelWithSilent = 'info',
): Logger {
  const options = { level, redact };
  if (to === 'stderr') return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(options, new RotatingFile(to.path));
}

/**
 * Where a daemon in the background logs: to the home's log, which must not grow for ever, if stderr
 * leads there; else to stderr, which belongs to a service manager or a terminal.
 */
export function backgroundLog(logPath: string): 'stderr' | { readonly path: string } {
  try {
    const [log, stderr] = [statSync(logPath), fstatSync(2)];
    return log.ino === stderr.ino && log.dev === stderr.dev ? { path: logPath } : 'stderr';
  } catch {
    return 'stderr';
  }
}
