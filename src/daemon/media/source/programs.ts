import type { Source } from './inspect.js';
import { pictureOf } from './picture-of.js';

/**
 * The source without the programmes that its picture does not belong to: a transport stream as it is broadcast
 * may carry several, each with a clock of its own. Pure. Throws UPLOAD_INVALID_FORMAT where there is no picture.
 */
export function ofOneProgram(source: Source): Source {
  const picture = pictureOf(source).index;
  const listed = source.programs.map(({ streams }) => streams.map(({ index }) => index));
  const own = new Set(listed.filter((indexes) => indexes.includes(picture)).flat());
  const others = new Set(listed.flat().filter((index) => !own.has(index)));
  return { ...source, streams: source.streams.filter(({ index }) => !others.has(index)) };
}
