import type { AudioTraits, SubtitleTraits } from '../../shared/renditions.js';
import type { Rendition } from '../store/renditions.js';
import { quotable } from './attributes.js';

type Track = Rendition<AudioTraits> | Rendition<SubtitleTraits>;

/**
 * A NAME for each track, none twice: "All EXT-X-MEDIA tags in the same Group MUST have different
 * NAME attributes" (RFC 8216 §4.3.4.1.1). In the order of `tracks`.
 */
export function trackNames(tracks: readonly Track[]): string[] {
  const taken = new Set<string>();
  return tracks.map((track) => {
    const wanted = quotable(track.traits.label) || languageOf(track) || 'Track';
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} ${count}`;
    taken.add(name);
    return name;
  });
}

/** BCP 47, or undefined when nobody knows. */
export function languageOf(track: Track): string | undefined {
  const { language } = track.traits;
  return language === '' || language === 'und' ? undefined : language;
}

/**
 * Which tracks a player may choose by itself: of those that it could not tell apart by language
 * (and being forced, or for the deaf) only the best, which is the default one or else the first.
 */
export function selectableTracks<T extends Track>(
  tracks: readonly T[],
  standard: T | undefined,
): ReadonlySet<T> {
  const byKind = new Map<string, T>();
  for (const track of standard === undefined ? tracks : [standard, ...tracks]) {
    const forced = track.traits.kind === 'subtitle' && track.traits.isForced;
    const isSdh = track.traits.kind === 'subtitle' && track.traits.isSdh === true;
    const kind = `${languageOf(track) ?? ''} ${forced} ${isSdh}`;
    if (!byKind.has(kind)) byKind.set(kind, track);
  }
  return new Set(byKind.values());
}
