import type { WatchedFileView, WatchView } from '../../shared/contract/index.js';
import { safeText } from './safe-text.js';
import type { Table } from './table.js';

/** One row a watched folder. */
export function watchTable(watches: readonly WatchView[]): Table {
  return {
    headings: ['WATCH', 'STATE', 'MODE', 'ADDED', 'WAITING', 'REFUSED', 'FOLDER'],
    rows: watches.map(({ id, state, mode, files, path }) => [
      id,
      state,
      mode,
      String(files.added),
      String(files.waiting + files.importing),
      String(files.refused),
      safeText(path),
    ]),
  };
}

/** One row a file of a folder: the video that it became, or why it is none, and whether it is there. */
export function watchedFileTable(
  files: readonly WatchedFileView[],
  mode: WatchView['mode'],
): Table {
  // Where files are moved into the library, an added one that is not there is in its place.
  const isGone = ({ present, state }: WatchedFileView) =>
    !present && (mode === 'keep' || state !== 'added');
  const shown = files.map((file) => {
    const [video = '', state = '', path = ''] = watchedFileCells(file);
    return [video, isGone(file) ? `${state}, gone` : state, path];
  });
  return { headings: ['VIDEO', 'STATE', 'FILE'], rows: shown };
}

export function watchedFileCells({ videoId, state, path }: WatchedFileView): string[] {
  return [videoId ?? '-', state, safeText(path)];
}

/** `Watching /videos (keep): 2 waiting, 1 refused`. */
export function watchSentence({ path, mode, state, files, error }: WatchView): string {
  const folder = `${safeText(path)} (${mode})`;
  if (error !== null) return `Watching ${folder}, which is away: ${safeText(error.message)}`;
  if (state === 'starting') return `Watching ${folder}: looking through it`;
  const counts = [
    [files.waiting, 'waiting'],
    [files.importing, 'being taken'],
    [files.refused, 'refused'],
  ] as const;
  const some = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `Watching ${folder}: ${some.join(', ') || 'nothing waits'}`;
}
