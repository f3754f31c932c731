import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const pieceBytes = 64 * 1024;

/** Reads a log as it grows, and goes on in the new file when the old one was put aside. */
export class LogReader {
  #file: number | undefined;
  #at = 0;
  #rest = '';
  #decoder = new StringDecoder('utf8');

  /** Begins at `start`; a file that is not there yet is waited for. */
  constructor(
    private readonly path: string,
    start = 0,
  ) {
    this.#open();
    this.#at = start;
  }

  /** The whole lines that were written since the last time. */
  read(): string[] {
    const lines = this.#linesOfFile();
    if (!this.#wasPutAside()) return lines;
    this.close();
    this.#open();
    return [...lines, ...this.#linesOfFile()];
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    [this.#at, this.#rest, this.#decoder] = [0, '', new StringDecoder('utf8')];
  }

  #open(): void {
    try {
      this.#file = openSync(this.path, 'r');
    } catch {
      this.#file = undefined;
    }
  }

  #wasPutAside(): boolean {
    try {
      const now = statSync(this.path);
      if (this.#file === undefined) return true;
      const ours = fstatSync(this.#file);
      return now.ino !== ours.ino || now.size < this.#at;
    } catch {
      return false; // between the two names
    }
  }

  #linesOfFile(): string[] {
    if (this.#file === undefined) return [];
    const piece = Buffer.allocUnsafe(pieceBytes);
    let text = this.#rest;
    for (let bytes; (bytes = readSync(this.#file, piece, 0, pieceBytes, this.#at)) > 0;) {
      this.#at += bytes;
      text += this.#decoder.write(piece.subarray(0, bytes));
    }
    const lines = text.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter((line) => line !== '');
  }
}
