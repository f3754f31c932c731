import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino, type Logger } from 'pino';

/** Writes at once, so that the last words of a process that dies are there. */
export function openLog(to: 'stderr' | { readonly path: string }): Logger {
  if (to === 'stderr') return pino(pino.destination({ dest: 2, sync: true }));
  mkdirSync(dirname(to.path), { recursive: true, mode: 0o700 });
  return pino(pino.destination({ dest: to.path, sync: true, mode: 0o600 }));
}
