import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { keptLogPath, keptLogs } from '../shared/log-files.js';

const longestBytes = 10 * 1024 ** 2;

/**
 * A log that never takes more room than a few files of this size. Each line is written when `write`
 * returns, so that the last words of a process that dies are there. A line that cannot be written
 * (the disk is full) is lost: the daemon must not stop for it.
 */
export class RotatingFile {
  #file: number;
  #bytes: number;

  /** Appends to what is there. Throws when the file cannot be opened. */
  constructor(
    private readonly path: string,
    private readonly maxBytes = longestBytes,
  ) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#file = openForAppending(path);
    this.#bytes = fstatSync(this.#file).size;
  }

  write(line: string): void {
    const bytes = Buffer.from(line);
    try {
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.maxBytes) this.#rotate();
      this.#bytes += writeSync(this.#file, bytes);
    } catch {
      // There is nowhere left to say it.
    }
  }

  /** The oldest file makes room: renaming replaces it. */
  #rotate(): void {
    for (let number = keptLogs - 1; number >= 1; number--) {
      renameIfThere(keptLogPath(this.path, number), keptLogPath(this.path, number + 1));
    }
    renameIfThere(this.path, keptLogPath(this.path, 1));
    const next = openForAppending(this.path);
    closeSync(this.#file);
    this.#file = next;
    this.#bytes = fstatSync(next).size;
  }
}

function openForAppending(path: string): number {
  return openSync(path, 'a', 0o600);
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
