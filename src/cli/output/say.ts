import type { OutputStream } from '../deps.js';
import { jsonLine } from './safe-text.js';

/** One line of talk for a person: stderr, never stdout. */
export function sayLine({ stderr }: { readonly stderr: OutputStream }, line: string): void {
  stderr.write(`${line}\n`);
}

/** One line of data: stdout. */
export function printLine({ stdout }: { readonly stdout: OutputStream }, line: string): void {
  stdout.write(`${line}\n`);
}

/** One value as a line of JSON (several: NDJSON) on stdout. */
export function printJson({ stdout }: { readonly stdout: OutputStream }, value: unknown): void {
  stdout.write(`${jsonLine(value)}\n`);
}
