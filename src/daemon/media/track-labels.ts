import type { SourceStream } from './inspect.js';
import { languageName, languageTag } from './language.js';

/** What menus show: the track's title or its language's own name, numbered where two are equal. */
export function distinctLabels(
  streams: readonly Pick<SourceStream, 'tags'>[],
  otherwise: string,
): string[] {
  const plain = streams.map(
    (stream) =>
      stream.tags['title'] ?? languageName(languageTag(stream.tags['language'])) ?? otherwise,
  );
  return plain.map((label, index) => {
    const earlier = plain.slice(0, index).filter((other) => other === label).length;
    return earlier === 0 ? label : `${label} ${earlier + 1}`;
  });
}
