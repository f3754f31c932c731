/** Reads a finished episode as a player would, and compares it with its source. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import HLS from 'hls-parser';
import { expect } from 'vitest';

const exec = promisify(execFile);

export interface PlayedRendition {
  readonly uri: string;
  /** Durations in seconds, in order. */
  readonly durations: readonly number[];
  /** Init segment and all segments, joined: decodes as one file. */
  readonly path: string;
}

export interface PlayedEpisode {
  /** In H.264, by height. */
  readonly pictures: ReadonlyMap<number, PlayedRendition>;
  /** All of them, by name. */
  readonly byName: ReadonlyMap<string, PlayedRendition>;
  /** By language. */
  readonly sounds: ReadonlyMap<string, PlayedRendition>;
  readonly subtitles: ReadonlyMap<string, string>;
}

/** Fetches everything that a master playlist names; every playlist must be strictly right. */
export async function playEpisode(masterUrl: string, directory: string): Promise<PlayedEpisode> {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(await fetchText(masterUrl));
  if (!master.isMasterPlaylist) throw new Error('not a master playlist');
  const pictures = new Map<number, PlayedRendition>();
  const byName = new Map<string, PlayedRendition>();
  for (const variant of master.variants) {
    if (variant.isIFrameOnly === true) continue;
    const height = variant.resolution?.height ?? 0;
    const played = await fetchRendition(new URL(variant.uri, masterUrl), directory);
    byName.set(variant.uri.split('/').at(-3) ?? '', played);
    if (variant.codecs?.startsWith('avc1') === true) pictures.set(height, played);
  }
  const sounds = new Map<string, PlayedRendition>();
  for (const { language = '', uri } of master.variants[0]?.audio ?? []) {
    if (uri !== undefined)
      sounds.set(language, await fetchRendition(new URL(uri, masterUrl), directory));
  }
  const subtitles = new Map<string, string>();
  for (const { language = '', uri } of master.variants[0]?.subtitles ?? []) {
    const rendition = await fetchSegments(new URL(uri ?? '', masterUrl));
    subtitles.set(language, rendition.bodies.map((body) => body.toString('utf8')).join('\n'));
  }
  return { pictures, byName, sounds, subtitles };
}

async function fetchRendition(url: URL, directory: string): Promise<PlayedRendition> {
  const { durations, bodies } = await fetchSegments(url);
  const path = join(directory, `${url.pathname.split('/').slice(-3, -1).join('-')}.mp4`);
  await writeFile(path, Buffer.concat(bodies));
  return { uri: url.href, durations, path };
}

async function fetchSegments(url: URL): Promise<{ durations: number[]; bodies: Buffer[] }> {
  const playlist = HLS.parse(await fetchText(url.href));
  if (playlist.isMasterPlaylist) throw new Error(`${url.pathname} is a master playlist`);
  const longest = Math.max(...playlist.segments.map(({ duration }) => duration));
  expect(Math.round(longest)).toBeLessThanOrEqual(playlist.targetDuration);
  const map = playlist.segments[0]?.map?.uri;
  const uris = [...(map === undefined ? [] : [map]), ...playlist.segments.map(({ uri }) => uri)];
  const bodies: Buffer[] = [];
  for (const uri of uris) bodies.push(await fetchBytes(new URL(uri, url).href));
  return { durations: playlist.segments.map(({ duration }) => duration), bodies };
}

async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect(response.status, url).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

async function fetchText(url: string): Promise<string> {
  return (await fetchBytes(url)).toString('utf8');
}

/** The number of frames that a decoder gets out of a file or playlist. */
export async function countFrames(pathOrUrl: string): Promise<number> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v:0'],
    ...['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', pathOrUrl],
  ]);
  return Number.parseInt(stdout, 10);
}
