/** Ways to break an episode. */
import type {
  FetchedEpisode,
  FetchedFile,
  FetchedPlaylist,
} from '../../support/hls-rules/episode.js';

export type Break = (episode: FetchedEpisode) => FetchedEpisode;

/** Fails where there is nothing to replace: a test would then break nothing. */
function replaced(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to replace like ${from} in ${text}`);
  return result;
}

export function inMaster(from: string | RegExp, to: string): Break {
  return ({ master, playlists }) => ({
    master: { ...master, text: replaced(master.text, from, to) },
    playlists,
  });
}

/** Of the first playlist of this kind. */
export function inFirst(
  kind: FetchedPlaylist['kind'],
  change: (playlist: FetchedPlaylist) => Partial<FetchedPlaylist>,
): Break {
  return ({ master, playlists }) => {
    const at = playlists.findIndex((playlist) => playlist.kind === kind);
    const changed = (playlist: FetchedPlaylist, index: number) =>
      index === at ? { ...playlist, ...change(playlist) } : playlist;
    return { master, playlists: playlists.map(changed) };
  };
}

export function inText(kind: FetchedPlaylist['kind'], from: string | RegExp, to: string): Break {
  return inFirst(kind, ({ text }) => ({ text: replaced(text, from, to) }));
}

/** In the second segment of the first playlist of this kind. */
export function inSegment(kind: FetchedPlaylist['kind'], change: (bytes: Buffer) => Buffer): Break {
  return inFirst(kind, ({ segments }) => ({
    segments: segments.map((segment, number) =>
      number === 1 ? { ...segment, bytes: change(Buffer.from(segment.bytes)) } : segment,
    ),
  }));
}

export function inInit(kind: FetchedPlaylist['kind'], change: (bytes: Buffer) => void): Break {
  return inFirst(kind, ({ init }) => {
    const file: FetchedFile = init ?? { uri: '', contentType: '', bytes: Buffer.alloc(0) };
    const bytes = Buffer.from(file.bytes);
    change(bytes);
    return { init: { ...file, bytes } };
  });
}

/** Where the fields of the first box of a type begin. */
export function fieldsOf(bytes: Buffer, type: string): number {
  const at = bytes.indexOf(type);
  if (at < 0) throw new Error(`no ${type}`);
  return at + 4;
}
