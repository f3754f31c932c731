import { languageOfWord } from './sidecars/language-words.js';

/** A track among others, as somebody may name it. */
export interface NamedTrack {
  /** Of its rendition. */
  readonly name: string;
  /** BCP 47, `und` when unknown. */
  readonly language: string;
}

/** What was wanted, or the word that none of the tracks is. */
export type TrackChoice<T> = { readonly tracks: readonly T[] } | { readonly unknown: string };

/**
 * The tracks that `wanted` names, as in `--audio`: `all`, `none`, or languages (a tag, a code, a word: `ko`,
 * `kor`, `Korean`) and names with commas between them, in that order.
 */
export function chooseTracks<T extends NamedTrack>(
  tracks: readonly T[],
  wanted: string,
): TrackChoice<T> {
  if (wanted === 'all') return { tracks };
  if (wanted === 'none') return { tracks: [] };
  const words = wanted.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !tracks.some((track) => isNamed(track, word)));
  if (unknown !== undefined) return { unknown };
  const named = words.flatMap((word) => tracks.filter((track) => isNamed(track, word)));
  return { tracks: [...new Set(named)] };
}

/** `zh` names `zh-Hant` too, not the other way around. */
function isNamed({ name, language }: NamedTrack, word: string): boolean {
  if (name === word) return true;
  const tag = languageOfWord(word) ?? word;
  return language === tag || language.startsWith(`${tag}-`);
}
