import type { OutputStream } from '../deps.js';
import { displayWidth, fitWidth } from './display-width.js';
import { wrapParts } from './wrap.js';

/** Rows of cells; the last column takes what is left of the line. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The lines of each row; no heading where the columns do not fit beside each other. */
export interface AlignedRows {
  readonly heading: string | null;
  readonly rows: readonly (readonly string[])[];
}

const gap = '  ';
/** What the last column needs at least (or all of it, if that is less) to be worth a look. */
const leastLastColumn = 12;

/** On a terminal aligned columns under headings, in a pipe bare cells with tabs between them. */
export function printTable(stdout: OutputStream, table: Table): void {
  const lines =
    stdout.isTTY === true
      ? alignedLines(table, stdout.columns ?? 80)
      : table.rows.map((row) => row.join('\t'));
  for (const line of lines) stdout.write(`${line}\n`);
}

/** Pure: the lines of the aligned form, none wider than the terminal. */
export function alignedLines(table: Table, columns: number): string[] {
  const { heading, rows } = alignedRows(table, columns);
  return [...(heading === null ? [] : [heading]), ...rows.flat()];
}

/** Pure: one line a row where the columns fit, else its cells one after the other, indented. */
export function alignedRows({ headings, rows }: Table, columns: number): AlignedRows {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => displayWidth(row[column] ?? ''))),
  );
  const last = Math.min(widths.at(-1) ?? 0, leastLastColumn);
  const needed = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, last);
  if (needed > columns) return { heading: null, rows: rows.map((row) => stacked(row, columns)) };
  const line = (row: readonly string[]) =>
    fitWidth(
      row
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join(gap)
        .trimEnd(),
      columns,
    );
  return { heading: line(headings), rows: rows.map((row) => [line(row)]) };
}

/** The cells in as many lines as they need; all but the first line are indented. */
function stacked(row: readonly string[], columns: number): string[] {
  const cells = row.filter((cell) => cell.trim() !== '');
  const indent = `${/^ */.exec(cells[0] ?? '')?.[0] ?? ''}${gap}`;
  return wrapParts(cells, columns, { between: gap, indent });
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}
