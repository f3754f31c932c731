import type { VideoDetails } from '../../shared/contract/index.js';
import { formatDuration } from './amounts.js';
import { safeText } from './safe-text.js';
import { alignedLines } from './table.js';

/** A row for each chapter that the file of a video names. */
export function chapterLines(video: VideoDetails, columns: number): string[] {
  // A daemon of before this could be told says nothing of them.
  const chapters = 'chapters' in video ? video.chapters : [];
  if (chapters.length === 0) return [];
  const rows = chapters.map(({ start, title }) => [formatDuration(start), safeText(title)]);
  return alignedLines({ headings: ['CHAPTER', 'TITLE'], rows }, columns);
}
