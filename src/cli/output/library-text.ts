import type { VideoView } from '../../shared/contract/index.js';
import { formatDuration } from './amounts.js';
import { episodeNumber, stateWords } from './episode-words.js';
import { safeText } from './safe-text.js';
import { alignedRows, type Table } from './table.js';

/** A row a video, in the order that they come in. */
export function libraryTable(videos: readonly VideoView[]): Table {
  return {
    headings: ['VIDEO', 'STATE', 'LENGTH', 'EPISODE', 'SERIES', 'TITLE'],
    rows: videos.map((video) => [
      video.id,
      stateWords(video),
      lengthOf(video),
      episodeNumber(video),
      safeText(video.series),
      safeText(video.title),
    ]),
  };
}

/** For a person: a heading for each series, below it its episodes in the order to watch them. */
export function libraryLines(videos: readonly VideoView[], columns: number): string[] {
  const ordered = videos.toSorted(bySeriesAndEpisode);
  const table = {
    headings: ['EPISODE', 'STATE', 'LENGTH', 'VIDEO', 'TITLE'],
    rows: ordered.map(row),
  };
  const { heading, rows } = alignedRows(table, columns);
  const lines = heading === null ? [] : [heading];
  for (const [index, video] of ordered.entries()) {
    const series = seriesName(video);
    const before = ordered[index - 1];
    if (before === undefined || seriesName(before) !== series) lines.push('', series);
    lines.push(...(rows[index] ?? []));
  }
  return lines[0] === '' ? lines.slice(1) : lines;
}

function row(video: VideoView): string[] {
  const { id, title } = video;
  const episode = `  ${episodeNumber(video) || '-'}`;
  return [episode, stateWords(video), lengthOf(video), id, safeText(title)];
}

function lengthOf({ duration }: VideoView): string {
  return duration > 0 ? formatDuration(duration) : '';
}

function seriesName({ series }: VideoView): string {
  return series === '' ? 'No series' : safeText(series);
}

/** Numbers in names count as numbers; what is of no series comes last. */
const byName = new Intl.Collator(undefined, { numeric: true });

function bySeriesAndEpisode(a: VideoView, b: VideoView): number {
  return (
    Number(a.series === '') - Number(b.series === '') ||
    byName.compare(a.series, b.series) ||
    (a.season ?? 0) - (b.season ?? 0) ||
    Number(b.episodeKnown) - Number(a.episodeKnown) ||
    a.episode - b.episode ||
    byName.compare(a.title, b.title)
  );
}
