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

/** How wide a line may be: as the terminal is; without end where nobody looks. */
export function columnsOf({ isTTY, columns }: OutputStream): number {
  return isTTY === true ? (columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Parts of lines with an empty line between them; a part without lines is left out. */
export function printParts(
  deps: { readonly stdout: OutputStream },
  parts: readonly (readonly string[])[],
): void {
  const lines = parts.filter((part) => part.length > 0).flatMap((part) => ['', ...part]);
  for (const line of lines.slice(1)) printLine(deps, line);
}
