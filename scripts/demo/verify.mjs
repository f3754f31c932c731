import { rmSync } from 'node:fs';
import { join } from 'node:path';
import HLS from 'hls-parser';
import { fetchRendition } from './fetch-rendition.mjs';
import { countFrames } from './frames.mjs';

/**
 * @typedef {import('./fetch-rendition.mjs').Fetched & {
 *   kind: 'video' | 'audio' | 'subtitle', frames: number | undefined }} Verified
 */

/**
 * Fetches everything that the master playlist names, as any player on the network would, and checks
 * it: every answer a success, no segment empty, the same boundaries in all pictures, and in each
 * of them exactly `expectedFrames` frames that decode. Throws what is wrong.
 * @param {import('../own-daemon.mjs').OwnDaemon} daemon
 * @param {string} masterPath
 * @param {{ ffprobe: string, expectedFrames: number }} source
 * @returns {Promise<Verified[]>}
 */
export async function verifyStream(daemon, masterPath, { ffprobe, expectedFrames }) {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(await (await daemon.fetch(masterPath)).text());
  if (!master.isMasterPlaylist) throw new Error(`${masterPath} is not a master playlist`);
  /** @type {Verified[]} */
  const verified = [];
  for (const { kind, uri } of renditionsOf(master)) {
    const file = join(daemon.directory, 'fetched');
    const path = new URL(uri, new URL(masterPath, 'http://daemon')).pathname;
    const fetched = await fetchRendition(daemon, path, file);
    const frames = kind === 'video' ? await countFrames(ffprobe, file) : undefined;
    rmSync(file);
    verified.push({ ...fetched, kind, frames });
  }
  checkPictures(verified, expectedFrames);
  return verified;
}

/**
 * Pictures first, as the master playlist orders them; each rendition once.
 * @param {HLS.types.MasterPlaylist} master
 * @returns {{ kind: Verified['kind'], uri: string }[]}
 */
function renditionsOf(master) {
  /** @type {Map<string, Verified['kind']>} */
  const kinds = new Map();
  const variants = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true);
  for (const variant of variants) kinds.set(variant.uri, 'video');
  for (const variant of variants) {
    for (const { uri } of variant.audio) if (uri) kinds.set(uri, 'audio');
    for (const { uri } of variant.subtitles) if (uri) kinds.set(uri, 'subtitle');
  }
  return Array.from(kinds, ([uri, kind]) => ({ uri, kind }));
}

/**
 * @param {readonly Verified[]} verified
 * @param {number} expectedFrames
 */
function checkPictures(verified, expectedFrames) {
  const pictures = verified.filter(({ kind }) => kind === 'video');
  if (pictures.length === 0) throw new Error('The master playlist names no picture.');
  for (const { name, frames, durations } of pictures) {
    if (frames !== expectedFrames) {
      throw new Error(`${name}: expected ${expectedFrames} frames, decoded ${frames}`);
    }
    if (durations.join() !== pictures[0]?.durations.join()) {
      throw new Error(`${name} has other segment boundaries than ${pictures[0]?.name}`);
    }
  }
}
