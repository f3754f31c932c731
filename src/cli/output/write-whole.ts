import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a file in its place as a whole, or leaves what was there: after a power cut, too, a reader
 * finds one of both.
 */
export function writeWhole(path: string, text: string, mode: number): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  try {
    synced(draft, 'wx', (file) => writeFileSync(file, text), mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  synced(directory, 'r');
}

function synced(path: string, flags: string, write?: (file: number) => void, mode?: number): void {
  const file = openSync(path, flags, mode);
  try {
    write?.(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
