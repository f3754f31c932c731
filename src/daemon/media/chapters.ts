import type { Chapter } from '../../shared/chapters.js';
import { toTicks } from '../../shared/time.js';
import type { Source } from './inspect.js';

/** A disc has at most 99 of them, a concert perhaps 50: more is no help to anybody. */
const mostChapters = 200;
const longestTitle = 120;

/**
 * The chapters of a container within [0, `endTicks`), in order, each from where it begins to where the
 * next does or to its own end. A file says what it likes: what lies outside, has no length or begins
 * where another one does is left out; one without a title is named after its number.
 */
export function chaptersOf(
  { chapters, format }: Pick<Source, 'chapters' | 'format'>,
  endTicks: number,
): Chapter[] {
  const found = chapters
    .flatMap(({ start_time: start, end_time: end, tags }) => {
      if (start === undefined) return [];
      const startTicks = Math.max(0, toTicks(start - format.start_time));
      const ownEnd = end === undefined ? endTicks : toTicks(end - format.start_time);
      return [{ startTicks, ownEnd, title: oneLine(tags['title'] ?? '') }];
    })
    .filter(({ startTicks, ownEnd }) => startTicks < endTicks && ownEnd > 0)
    .toSorted((a, b) => a.startTicks - b.startTicks);
  const distinct = found.filter(
    ({ startTicks }, index) => index === 0 || startTicks !== found[index - 1]?.startTicks,
  );
  return distinct.slice(0, mostChapters).map(({ startTicks, ownEnd, title }, index) => {
    const next = Math.min(distinct[index + 1]?.startTicks ?? endTicks, endTicks);
    return {
      startTicks,
      // Many files name the beginning only, or the same time as the end.
      endTicks: ownEnd > startTicks ? Math.min(ownEnd, next) : next,
      title: title === '' ? `Chapter ${index + 1}` : title,
    };
  });
}

/** Controls and marks that turn text around are no part of a name. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function oneLine(title: string): string {
  const line = title.replace(unseen, ' ').replaceAll(/\s+/g, ' ').trim().normalize('NFC');
  return Array.from(line).slice(0, longestTitle).join('').trim();
}
