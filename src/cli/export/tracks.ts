import type { SoundView, SubtitleView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { chooseTracks, type NamedTrack } from '../../shared/track-choice.js';

/** A sound of a video, named as its rendition. */
export interface Sound extends NamedTrack {
  readonly label: string;
}

/** A subtitle of a video that is text. */
export interface Text extends NamedTrack {
  /** Of the file that it is in, and which of its tracks. */
  readonly subtitleId: string;
  readonly track: number;
  readonly label: string;
  readonly isForced: boolean;
  readonly isSdh: boolean;
  /** It came as an ASS script in UTF-8, whose looks Matroska can keep. */
  readonly isScript: boolean;
}

/** A subtitle that is no text. */
export interface LeftOut {
  /** BCP 47. */
  readonly language: string;
  readonly label: string;
  /** What ffmpeg names it. */
  readonly format: string;
}

/** Those that `wanted` names, as `--audio` has it; the one that plays first stands first. Throws NOT_FOUND. */
export function soundsNamed(sounds: readonly SoundView[], wanted: string): Sound[] {
  const told = sounds.map(({ name, language, label, channels }) => ({
    ...{ name, language, label: channels <= 2 || label.includes('5.1') ? label : `${label} 5.1` },
  }));
  return named('audio', told, wanted);
}

/** The same of subtitles that are text. */
export function textsNamed(subtitles: readonly SubtitleView[], wanted: string): Text[] {
  const others = leftOutOf(subtitles, wanted).map(({ language }) => language);
  const besides = others.length === 0 ? '' : `; ${others.join(', ')} is there, but not as text`;
  return named('subtitles', subtitles.flatMap(textsOf), wanted, besides);
}

/** Subtitles that `wanted` means, too, but that are no text: an export leaves them out. */
export function leftOutOf(subtitles: readonly SubtitleView[], wanted: string): LeftOut[] {
  const others = subtitles
    .filter(({ kind }) => kind !== 'text')
    .flatMap(({ format, tracks }) => tracks.map((track) => ({ name: '', format, ...track })));
  const chosen = wanted.split(',').flatMap((word) => {
    const choice = chooseTracks(others, word.trim());
    return 'tracks' in choice ? choice.tracks : [];
  });
  return chosen.map(({ language, label, format }) => ({ language, label, format }));
}

function textsOf({ id, kind, format, encoding, tracks }: SubtitleView): Text[] {
  if (id === null || kind !== 'text') return [];
  const isScript = ['ass', 'ssa'].includes(format) && [null, 'utf-8'].includes(encoding);
  return tracks.map(({ language, label, forced, sdh }, track) => ({
    ...{ name: id, subtitleId: id, track, language, label, isScript },
    ...{ isForced: forced, isSdh: sdh },
  }));
}

function named<T extends NamedTrack>(
  option: string,
  tracks: readonly T[],
  wanted: string,
  besides = '',
): T[] {
  const choice = chooseTracks(tracks, wanted);
  if ('tracks' in choice) return [...choice.tracks];
  const languages = [...new Set(tracks.map(({ language }) => language))];
  const there = languages.length === 0 ? 'none' : languages.join(', ');
  throw new KdramaError(
    'NOT_FOUND',
    `no ${option} in ${choice.unknown}: there is ${there}${besides}`,
    {
      hint: `Name some of these with commas between them, or say --${option} all.`,
    },
  );
}
