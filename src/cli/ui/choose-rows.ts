import type { FileRow } from './file-row.js';

/** The rows that are shown, in the order of the files, and how many of each kind are not. */
export interface ChosenRows {
  readonly shown: readonly FileRow[];
  readonly more: string | null;
}

const importance: Readonly<Record<FileRow['mark'], number>> = {
  moving: 0,
  failed: 1,
  waiting: 2,
  done: 3,
};

/** Pure: what fits on the screen; what moves goes first. A view taller than the screen flickers. */
export function chooseRows(rows: readonly FileRow[], limit: number): ChosenRows {
  const byImportance = rows.toSorted((a, b) => importance[a.mark] - importance[b.mark]);
  const kept = new Set(byImportance.slice(0, Math.max(1, limit)));
  const hidden = rows.filter((row) => !kept.has(row));
  return {
    shown: rows.filter((row) => kept.has(row)),
    more: hidden.length === 0 ? null : `and ${counts(hidden)}`,
  };
}

function counts(rows: readonly FileRow[]): string {
  return (['moving', 'failed', 'waiting', 'done'] as const)
    .map((mark) => [mark, rows.filter((row) => row.mark === mark).length] as const)
    .filter(([, count]) => count > 0)
    .map(([mark, count]) => `${count} ${mark === 'moving' ? 'being made' : mark}`)
    .join(', ');
}
