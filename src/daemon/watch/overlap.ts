import { relative, sep } from 'node:path';

/** Pure: whether `path` is `folder` or lies in it. Both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** Pure: whether one of them lies in the other. */
export function doOverlap(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}
