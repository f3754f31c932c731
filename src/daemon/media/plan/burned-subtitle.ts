import type { BurnedSubtitle } from '../../../shared/renditions.js';
import { describeUnshownSubtitles } from './describe-subtitles.js';
import type { DescribedRendition } from './described-rendition.js';
import type { Source, SourceStream } from '../source/inspect.js';
import { languageTag } from '../source/language.js';
import { pixelAspect } from '../source/shown-size.js';

/** Of pictures of words, those that ffmpeg can lay over a picture. */
const drawn = new Set(['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle']);

/** Whether a stream is pictures of words that can be burned in. */
export function canBeDrawn({ codec_name }: SourceStream): boolean {
  return drawn.has(codec_name ?? '');
}

/** What is to be burned into the picture, as far as the source has it. */
export interface BurnIn {
  readonly subtitle?: BurnedSubtitle;
  /** For people. */
  readonly note: string;
}

/**
 * The track of pictures of words in `language` (BCP 47), the one with all words before the forced. Text
 * is no picture of words: players show it themselves.
 */
export function chooseBurnIn(source: Source, picture: SourceStream, language: string): BurnIn {
  const tag = languageTag(language);
  const possible = describeUnshownSubtitles(source).filter(({ codec }) => drawn.has(codec));
  const [best] = possible
    .filter((each) => primary(each.language) === primary(tag))
    .toSorted((a, b) => Number(a.isForced) - Number(b.isForced));
  if (best === undefined) {
    const others = [...new Set(possible.map((each) => each.language))].join(', ');
    const only = others === '' ? '' : `, only in ${others}`;
    return { note: `no picture subtitles in ${language} to burn in${only}` };
  }
  const { stream, label } = best;
  const words = source.streams.find(({ index }) => index === stream);
  const aspect = words && anamorphicAspect(words, picture);
  return {
    subtitle: { stream, ...(aspect !== undefined && { aspect }) },
    note: `${/subtitles/i.test(label) ? label : `${label} subtitles`} burned in`,
  };
}

/** On a DVD the words are drawn in the pixels of the picture: both are stretched when they are shown. */
function anamorphicAspect(words: SourceStream, picture: SourceStream): number | undefined {
  const pixel = pixelAspect(picture) ?? 1;
  const { width = 0, height = 0 } = Number(words.width) > 0 ? words : picture;
  const isStretched = Math.abs(pixel - 1) > 0.001 && width === picture.width;
  return isStretched ? (width * pixel) / height : undefined;
}

/** The encoded pictures that have the words in them. */
export function withWords(
  pictures: readonly DescribedRendition[],
  burned: BurnedSubtitle | undefined,
): readonly DescribedRendition[] {
  if (burned === undefined) return pictures;
  return pictures.map((each) =>
    each.traits.kind === 'video' ? { ...each, traits: { ...each.traits, burned } } : each,
  );
}

function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
