import type { FileRow } from './file-row.js';

/** The rows that are shown, in the order of the files, and how many of each kind are not. */
export interface ChosenRows {
  readonly shown: readonly FileRow[];
  readonly more: string | null;
}

/**
 * Pure: what fits on the screen. Where not all rows do, those at work and those that failed; the rest
 * is counted. A view taller than the screen flickers.
 */
export function chooseRows(rows: readonly FileRow[], limit: number): ChosenRows {
  if (rows.length <= limit) return { shown: rows, more: null };
  const ofMark = (mark: FileRow['mark']) => rows.filter((row) => row.mark === mark);
  const atWork = [...ofMark('moving'), ...ofMark('failed')];
  const kept = new Set(atWork.slice(0, Math.max(1, limit)));
  const hidden = rows.filter((row) => !kept.has(row));
  const more = `${kept.size === 0 ? '' : 'and '}${counts(hidden)}`;
  return { shown: rows.filter((row) => kept.has(row)), more };
}

const countWords: Readonly<Record<FileRow['mark'], string>> = {
  moving: 'being made',
  failed: 'failed',
  waiting: 'waiting',
  done: 'ready',
};

function counts(rows: readonly FileRow[]): string {
  return (['moving', 'failed', 'waiting', 'done'] as const)
    .map((mark) => [mark, rows.filter((row) => row.mark === mark).length] as const)
    .filter(([, count]) => count > 0)
    .map(([mark, count]) => `${count} ${countWords[mark]}`)
    .join(', ');
}
