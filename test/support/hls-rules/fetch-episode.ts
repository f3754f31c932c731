import { expect } from 'vitest';
import {
  iFrameStreamsOf,
  mediaOf,
  variantsOf,
  type FetchedEpisode,
  type FetchedFile,
  type FetchedPlaylist,
  type FetchedSegment,
} from './episode.js';
import { attributesOf, tagsOf, uriLines } from './playlist-text.js';

type Kind = FetchedPlaylist['kind'];

/**
 * Fetches everything that a master playlist leads to, as a player would, and then once more the master
 * playlist, which says more when everything is there. Fails where an answer is not what was asked for.
 */
export async function fetchEpisode(masterUrl: string): Promise<FetchedEpisode> {
  const first = { master: await fetchText(masterUrl), playlists: [] };
  const named: [string, Kind][] = [
    ...variantsOf(first).map(({ uri }): [string, Kind] => [uri, 'picture']),
    ...mediaOf(first, 'AUDIO').map((track): [string, Kind] => [track.get('URI') ?? '', 'sound']),
    ...mediaOf(first, 'SUBTITLES').map((track): [string, Kind] => [track.get('URI') ?? '', 'text']),
  ];
  const playlists: FetchedPlaylist[] = [];
  for (const [uri, kind] of new Map(named))
    playlists.push(await fetchPlaylist(masterUrl, uri, kind));
  const master = await fetchText(masterUrl);
  for (const { uri } of iFrameStreamsOf({ master, playlists })) {
    playlists.push(await fetchPlaylist(masterUrl, uri, 'i-frames'));
  }
  return { master, playlists };
}

async function fetchPlaylist(masterUrl: string, uri: string, kind: Kind): Promise<FetchedPlaylist> {
  const url = new URL(uri, masterUrl).href;
  const { text, contentType } = await fetchText(url);
  const map = tagsOf(text, 'EXT-X-MAP').map((value) => attributesOf(value).get('URI') ?? '')[0];
  const init = map === undefined ? undefined : await fetchFile(url, map);
  const durations = tagsOf(text, 'EXTINF').map(Number.parseFloat);
  const ranges = tagsOf(text, 'EXT-X-BYTERANGE').map((value) => {
    const [length = 0, offset = 0] = value.split('@').map(Number);
    return { length, offset };
  });
  const segments: FetchedSegment[] = [];
  for (const [number, segment] of uriLines(text).entries()) {
    const range = ranges[number];
    const file = await fetchFile(url, segment, range);
    segments.push({ ...file, duration: durations[number] ?? 0, range });
  }
  return { kind, uri, contentType, text, init, segments };
}

async function fetchFile(
  playlistUrl: string,
  uri: string,
  range?: FetchedSegment['range'],
): Promise<FetchedFile> {
  const url = new URL(uri, playlistUrl).href;
  const last = (range?.offset ?? 0) + (range?.length ?? 0) - 1;
  const headers: HeadersInit = range ? { range: `bytes=${range.offset}-${last}` } : {};
  const response = await fetch(url, { headers });
  expect(response.status, url).toBe(range === undefined ? 200 : 206);
  const contentType = response.headers.get('content-type') ?? '';
  return { uri, contentType, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function fetchText(url: string): Promise<{ contentType: string; text: string }> {
  const { contentType, bytes } = await fetchFile(url, url);
  return { contentType, text: bytes.toString('utf8') };
}
