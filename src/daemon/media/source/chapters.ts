import type { Chapter } from '../../../shared/chapters.js';
import { ticksPerSecond, toTicks } from '../../../shared/time.js';
import type { Source } from './inspect.js';

/** A disc has at most 99 of them: more than this is no help to anybody. */
const mostChapters = 200;
/** In characters. */
const longestTitle = 120;
/** WebVTT and players count in milliseconds. */
const shortestTicks = ticksPerSecond / 1000;

/**
 * The chapters of a container within [0, `endTicks`), in order, each from where it begins to where the
 * next does or to its own end. A file says what it likes: what lies outside and what begins where
 * another one does is left out; one without a title is named after its number.
 */
export function chaptersOf(
  { chapters, format }: Pick<Source, 'chapters' | 'format'>,
  endTicks: number,
): Chapter[] {
  const told = chapters.flatMap(({ start_time: start, end_time: end = Infinity, tags }) => {
    if (start === undefined) return [];
    const begin = toTicks(start - format.start_time);
    const ownEnd = toTicks(end - format.start_time);
    const isBefore = begin < 0 && ownEnd <= 0;
    const title = oneLine(tags['title'] ?? '');
    return isBefore ? [] : { startTicks: Math.max(0, begin), ownEnd, title };
  });
  const within = told.filter(({ startTicks }) => startTicks + shortestTicks <= endTicks);
  const distinct = apart(within.toSorted((a, b) => a.startTicks - b.startTicks));
  return distinct.slice(0, mostChapters).map(({ startTicks, ownEnd, title }, index) => {
    const next = distinct[index + 1]?.startTicks ?? endTicks;
    // Many files name the beginning only, and the same time as the end.
    const hasEnd = ownEnd >= startTicks + shortestTicks;
    return {
      startTicks,
      endTicks: hasEnd ? Math.min(ownEnd, next) : next,
      title: title || `Chapter ${index + 1}`,
    };
  });
}

/** The first of those that begin together. */
function apart<Told extends { readonly startTicks: number }>(ascending: readonly Told[]): Told[] {
  const kept: Told[] = [];
  for (const each of ascending) {
    const before = kept.at(-1)?.startTicks ?? -Infinity;
    if (each.startTicks >= before + shortestTicks) kept.push(each);
  }
  return kept;
}

/** Controls and marks that turn text around are no part of a name. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function oneLine(title: string): string {
  const line = title.replace(unseen, ' ').replaceAll(/\s+/g, ' ').trim().normalize('NFC');
  return Array.from(line).slice(0, longestTitle).join('').trim();
}
