import type { ChapterView } from '../../shared/contract/index.js';

/** The index of the chapter in which a time lies; -1 between and outside of them. */
export function chapterAt(chapters: readonly ChapterView[], seconds: number): number {
  return chapters.findLastIndex(({ start, end }) => start <= seconds && seconds < end);
}

/** Where chapters begin on a line of time, as fractions of it; the video's beginning needs no mark. */
export function chapterMarks(chapters: readonly ChapterView[], duration: number): number[] {
  const isInside = ({ start }: ChapterView) => start >= 1 && start < duration;
  return duration > 0 ? chapters.filter(isInside).map(({ start }) => start / duration) : [];
}
