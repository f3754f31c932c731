import type { SubtitleView } from '../../shared/contract/index.js';
import { safeText } from './safe-text.js';
import { alignedLines, type Table } from './table.js';

/** A row for each track; what a player cannot show says so. */
export function subtitleTable(subtitles: readonly SubtitleView[]): Table {
  return {
    headings: ['SUBTITLE', 'LANGUAGE', 'NAME', 'FORMAT', 'FROM'],
    rows: subtitles.flatMap((subtitle) =>
      subtitle.tracks.map(({ language, label }) => [
        subtitle.id ?? '-',
        language,
        safeText(label),
        formatOf(subtitle),
        safeText(originOf(subtitle)),
      ]),
    ),
  };
}

export function subtitleLines(subtitles: readonly SubtitleView[], columns: number): string[] {
  return subtitles.length === 0 ? [] : alignedLines(subtitleTable(subtitles), columns);
}

function formatOf({ kind, format }: SubtitleView): string {
  return kind === 'picture' ? `${format} (pictures)` : format;
}

function originOf({ origin, kind, filename, encoding }: SubtitleView): string {
  if (origin === 'beside') return `${filename ?? ''} (${encoding ?? ''})`;
  return kind === 'text' ? 'the video' : 'the video, cannot be shown as text';
}
