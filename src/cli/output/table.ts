import type { OutputStream } from '../deps.js';
import { displayWidth, fitWidth } from './display-width.js';

/** Rows of cells; the last column takes what is left of the line. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const gap = '  ';

/** On a terminal aligned columns under headings, in a pipe bare cells with tabs between them. */
export function printTable(stdout: OutputStream, table: Table): void {
  const lines =
    stdout.isTTY === true
      ? alignedLines(table, stdout.columns ?? 80)
      : table.rows.map((row) => row.join('\t'));
  for (const line of lines) stdout.write(`${line}\n`);
}

/** Pure: the lines of the aligned form, none wider than the terminal. */
export function alignedLines({ headings, rows }: Table, columns: number): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => displayWidth(row[column] ?? ''))),
  );
  return all.map((row) =>
    fitWidth(
      row
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join(gap)
        .trimEnd(),
      columns,
    ),
  );
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}
