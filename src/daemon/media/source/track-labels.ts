import type { SourceStream } from './inspect.js';
import { languageName, languageTag } from './language.js';

/** What a track is for, beside its language, and how a title says so itself. */
const marks = {
  forced: /\bforced\b/i,
  SDH: /\b(?:sdh|cc|hoh|closed captions|hearing[ -]impaired)\b/i,
  commentary: /\bcomment/i,
  'audio description': /\bdescri/i,
};
export type Mark = keyof typeof marks;

const markOf: Readonly<Record<string, Mark>> = {
  ...{ forced: 'forced', hearing_impaired: 'SDH' },
  ...{ comment: 'commentary', visual_impaired: 'audio description' },
};

/** A label that says what the track is for: `English (forced)`; as it stands where it says so already. */
export function marked(label: string, wanted: readonly Mark[]): string {
  const missing = wanted.filter((mark) => !marks[mark].test(label));
  return [label, ...missing.map((mark) => `(${mark})`)].join(' ');
}

/** Most files say it in the title alone. */
export function isSdh({ disposition, tags }: Pick<SourceStream, 'disposition' | 'tags'>): boolean {
  return disposition['hearing_impaired'] === 1 || marks.SDH.test(tags['title'] ?? '');
}

/** What menus show: the track's title or its language's own name, and what it is for; numbered where two are equal. */
export function distinctLabels(
  streams: readonly Pick<SourceStream, 'disposition' | 'tags'>[],
  otherwise: string,
): string[] {
  const plain = streams.map(({ disposition, tags }) => {
    const name = tags['title'] ?? languageName(languageTag(tags['language'])) ?? otherwise;
    const wanted = Object.entries(markOf).filter(([flag]) => disposition[flag] === 1);
    return marked(
      name,
      wanted.map(([, mark]) => mark),
    );
  });
  return plain.map((label, index) => {
    const earlier = plain.slice(0, index).filter((other) => other === label).length;
    return earlier === 0 ? label : `${label} ${earlier + 1}`;
  });
}
