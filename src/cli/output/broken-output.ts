import { getSystemErrorMap } from 'node:util';

/**
 * Pure: what is said when standard output takes no more; undefined for `kdrama list | head -1`, which
 * closes it: that stops quietly, as a program that SIGPIPE ends would.
 */
export function brokenOutput({ code, errno, message }: NodeJS.ErrnoException): string | undefined {
  if (code === 'EPIPE') return undefined;
  const [, reason = message] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return `kdrama: standard output cannot be written: ${reason}`;
}
