import { readFile } from 'node:fs/promises';

/**
 * The cores that a share of the processor is, as taskset names them: the last ones of those that this
 * process may use, at least one. `allowed` is a list like `0-3,8`.
 */
export function coresOfShare(allowed: string, percent: number): string {
  const cores = allowed.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const count = Math.max(1, Math.round((cores.length * percent) / 100));
  return cores.slice(-count).join(',');
}

/** Which cores the kernel lets this process use; undefined where it does not say (not Linux). */
export async function allowedCores(path = '/proc/self/status'): Promise<string | undefined> {
  const status = await readFile(path, 'utf8').catch(() => '');
  return /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
}
