/** Where the playlists of a rendition lie, seen from the master playlist. */
import type { Rendition } from '../store/renditions.js';

/** Beside the rendition's media playlist. */
export const iFramePlaylistName = 'i-frames.m3u8';

type Named = Pick<Rendition, 'planId' | 'name' | 'version'>;

export function playlistUri(rendition: Named): string {
  return `${directoryOf(rendition)}/playlist.m3u8`;
}

export function iFramePlaylistUri(rendition: Named): string {
  return `${directoryOf(rendition)}/${iFramePlaylistName}`;
}

function directoryOf({ planId, name, version }: Named): string {
  return `${planId}/${name}/v${version}`;
}
