/** Reads a finished episode as a player would, and compares it with its source. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import HLS from 'hls-parser';
import { expect } from 'vitest';
import { brokenRules } from './hls-rules/all-rules.js';
import { mediaOf, variantsOf, type FetchedPlaylist } from './hls-rules/episode.js';
import { fetchEpisode } from './hls-rules/fetch-episode.js';
import { undecodedIFrames } from './hls-rules/i-frames-decode.js';

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

/** Fetches everything that a master playlist names; every rule of HLS must hold. */
export async function playEpisode(masterUrl: string, directory: string): Promise<PlayedEpisode> {
  const episode = await fetchEpisode(masterUrl);
  HLS.setOptions({ strictMode: true });
  for (const { text } of [episode.master, ...episode.playlists]) HLS.parse(text);
  expect(brokenRules(episode)).toEqual({});
  expect(await undecodedIFrames(episode, directory)).toEqual([]);

  const played = (uri: string | undefined) => {
    const playlist = episode.playlists.find((each) => each.uri === uri);
    if (playlist === undefined) throw new Error(`${uri} was not fetched`);
    return playlist;
  };
  const pictures = new Map<number, PlayedRendition>();
  const byName = new Map<string, PlayedRendition>();
  for (const { uri, attributes } of variantsOf(episode)) {
    const rendition = await keep(played(uri), masterUrl, directory);
    byName.set(uri.split('/').at(-3) ?? '', rendition);
    const height = Number(attributes.get('RESOLUTION')?.split('x')[1]);
    if (attributes.get('CODECS')?.startsWith('avc1') === true) pictures.set(height, rendition);
  }
  const group = variantsOf(episode)[0]?.attributes.get('AUDIO');
  const sounds = new Map<string, PlayedRendition>();
  for (const track of mediaOf(episode, 'AUDIO')) {
    if (track.get('GROUP-ID') !== group) continue;
    const rendition = await keep(played(track.get('URI')), masterUrl, directory);
    sounds.set(track.get('LANGUAGE') ?? '', rendition);
  }
  const subtitles = new Map<string, string>();
  for (const track of mediaOf(episode, 'SUBTITLES')) {
    const texts = played(track.get('URI')).segments.map(({ bytes }) => bytes.toString('utf8'));
    subtitles.set(track.get('LANGUAGE') ?? '', texts.join('\n'));
  }
  return { pictures, byName, sounds, subtitles };
}

async function keep(
  { uri, init, segments }: FetchedPlaylist,
  masterUrl: string,
  directory: string,
): Promise<PlayedRendition> {
  const path = join(directory, `${uri.split('/').slice(0, -1).join('-')}.mp4`);
  const files = [...(init === undefined ? [] : [init]), ...segments];
  await writeFile(path, Buffer.concat(files.map(({ bytes }) => bytes)));
  const durations = segments.map(({ duration }) => duration);
  return { uri: new URL(uri, masterUrl).href, durations, path };
}

/** The number of frames that a decoder gets out of a file or playlist. */
export async function countFrames(pathOrUrl: string): Promise<number> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v:0'],
    ...['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', pathOrUrl],
  ]);
  return Number.parseInt(stdout, 10);
}
