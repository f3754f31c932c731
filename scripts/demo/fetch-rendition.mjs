import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import HLS from 'hls-parser';

/**
 * @typedef {object} Fetched
 * @property {string} name as in the playlist's path, e.g. `720p`
 * @property {number} segments
 * @property {number} bytes of all segments
 * @property {readonly number[]} durations of the segments, in seconds
 */

/**
 * Fetches a media playlist, its init segment and every segment, one after the other, into `file`:
 * what a player would have in the end. Throws for an answer that is not a success, an empty
 * segment and a playlist that is not complete.
 * @param {import('../own-daemon.mjs').OwnDaemon} daemon
 * @param {string} path of the media playlist
 * @param {string} file
 * @returns {Promise<Fetched>}
 */
export async function fetchRendition(daemon, path, file) {
  const playlist = HLS.parse(await (await daemon.fetch(path)).text());
  if (playlist.isMasterPlaylist || !playlist.endlist) throw new Error(`${path} is not complete`);
  const init = playlist.segments[0]?.map?.uri;
  const output = createWriteStream(file);
  if (init !== undefined) output.write(await fetchBytes(daemon, new URL(init, at(path)).pathname));
  let bytes = 0;
  for (const { uri } of playlist.segments) {
    const segment = await fetchBytes(daemon, new URL(uri, at(path)).pathname);
    bytes += segment.length;
    if (!output.write(segment)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'close');
  const durations = playlist.segments.map(({ duration }) => duration);
  return { name: nameOf(path), segments: durations.length, bytes, durations };
}

/**
 * @param {import('../own-daemon.mjs').OwnDaemon} daemon
 * @param {string} path
 */
async function fetchBytes(daemon, path) {
  const bytes = Buffer.from(await (await daemon.fetch(path)).arrayBuffer());
  if (bytes.length === 0) throw new Error(`${path} is empty`);
  return bytes;
}

/** @param {string} path */
function nameOf(path) {
  // …/PLAN/NAME/vVERSION/playlist.m3u8
  return path.split('/').at(-3) ?? path;
}

/** @param {string} path */
function at(path) {
  return new URL(path, 'http://daemon');
}
