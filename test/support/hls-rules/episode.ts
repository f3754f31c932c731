/** All that a player can get of an episode: every file that its master playlist leads to. */
import type { TrackHeader } from '../../../src/daemon/media/fmp4/init.js';
import { readTrackHeader } from '../../../src/daemon/media/fmp4/init.js';
import { requireBox } from '../../../src/daemon/media/fmp4/boxes.js';
import { attributesOf, tagsOf, type Attributes } from './playlist-text.js';

export interface FetchedFile {
  /** As its playlist names it. */
  readonly uri: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface FetchedSegment extends FetchedFile {
  /** EXTINF, in seconds. */
  readonly duration: number;
  /** EXT-X-BYTERANGE; then `bytes` are these alone. */
  readonly range: { readonly length: number; readonly offset: number } | undefined;
}

export interface FetchedPlaylist {
  readonly kind: 'picture' | 'sound' | 'text' | 'i-frames';
  /** As the master playlist names it. */
  readonly uri: string;
  readonly contentType: string;
  readonly text: string;
  /** EXT-X-MAP. */
  readonly init: FetchedFile | undefined;
  readonly segments: readonly FetchedSegment[];
}

export interface FetchedEpisode {
  readonly master: { readonly contentType: string; readonly text: string };
  /** Each once, in the order of the master playlist. */
  readonly playlists: readonly FetchedPlaylist[];
}

/** A variant or I-frame stream of the master playlist. */
export interface Variant {
  readonly attributes: Attributes;
  readonly uri: string;
}

export function variantsOf({ master }: FetchedEpisode): Variant[] {
  const lines = master.text.split('\n');
  return lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:')
      ? [
          {
            attributes: attributesOf(line.slice(line.indexOf(':') + 1)),
            uri: lines[index + 1] ?? '',
          },
        ]
      : [],
  );
}

export function iFrameStreamsOf({ master }: FetchedEpisode): Variant[] {
  return tagsOf(master.text, 'EXT-X-I-FRAME-STREAM-INF').map((value) => {
    const attributes = attributesOf(value);
    return { attributes, uri: attributes.get('URI') ?? '' };
  });
}

/** The EXT-X-MEDIA tags of a type. */
export function mediaOf({ master }: FetchedEpisode, type: 'AUDIO' | 'SUBTITLES'): Attributes[] {
  return tagsOf(master.text, 'EXT-X-MEDIA')
    .map(attributesOf)
    .filter((attributes) => attributes.get('TYPE') === type);
}

export function playlistsOf(
  { playlists }: FetchedEpisode,
  ...kinds: readonly FetchedPlaylist['kind'][]
): FetchedPlaylist[] {
  return playlists.filter(({ kind }) => kinds.includes(kind));
}

/** The pictures or sounds of a playlist as its init segment has them. */
export function trackOf({ init }: FetchedPlaylist): TrackHeader {
  const bytes = init?.bytes ?? Buffer.alloc(0);
  const { start, end } = requireBox(bytes, { body: 0, end: bytes.length }, ['moov']);
  return readTrackHeader(bytes.subarray(start, end));
}
