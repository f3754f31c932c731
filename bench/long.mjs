import { setTimeout as sleep } from 'node:timers/promises';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { ultraHdClip } from './clips.mjs';
import { longClips } from './long-clips.mjs';
import { median } from './median.mjs';

/** @typedef {import('../src/shared/contract/index.js').JobView} JobView */
/** @typedef {{ playable: number, seek: number }} Start in seconds */

/**
 * How soon a long episode plays after its last byte, and how soon its untouched middle does.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureLong({ directory, ffmpeg, copyable, foreign, short, rounds }) {
  const long = longClips(directory, ffmpeg, { copyable: copyable(), foreign: foreign() });
  const clips = [...long, { ...ultraHdClip(directory, ffmpeg), atMost: 8 }];
  /** @type {Map<string, Start[]>} */
  const starts = new Map(clips.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, path } of clips) starts.get(name)?.push(await measureStart(path, short()));
  }
  const valueOf = (/** @type {string} */ name, /** @type {keyof Start} */ what) =>
    median((starts.get(name) ?? []).map((start) => start[what]));
  return [
    ...clips.map(({ name, atMost }) => ({
      ...{ what: `last byte → playable: ${name}`, detail: 'seconds' },
      ...{ value: valueOf(name, 'playable'), atMost },
    })),
    // The middle of a short one may be there already.
    ...long.map(({ name }) => ({
      ...{ what: `its middle → a first segment, lowest picture: ${name}`, detail: 'seconds' },
      ...{ value: valueOf(name, 'seek'), atMost: 4 },
    })),
  ];
}

/**
 * @param {string} file
 * @param {string} warmUp a short one
 * @returns {Promise<Start>}
 */
async function measureStart(file, warmUp) {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    await daemon.read(['upload', '--wait=ready', '--quiet', warmUp]);
    const id = (await daemon.read(['upload', '--link', '--wait=playable', '--quiet', file])).trim();
    const job = /** @type {JobView} */ (await daemon.json(`/api/v1/jobs/${id}`));
    const playable = (Date.parse(job.playableAt ?? '') - Date.parse(job.createdAt)) / 1000;
    const seek = await measureSeek(daemon, `/api/v1/stream/${job.videoId}/hls/master.m3u8`);
    return { playable, seek };
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {OwnDaemon} daemon
 * @param {string} master
 */
async function measureSeek(daemon, master) {
  const lowest = (await entriesOf(daemon, master)).toSorted((a, b) => a.lines - b.lines)[0];
  const segments = await entriesOf(daemon, lowest?.path ?? '');
  const { url, headers } = daemon.target(segments[Math.floor(segments.length / 2)]?.path ?? '');
  const startedMs = performance.now();
  // A player asks again after a 503, too.
  for (;;) {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    if (answer.ok) return (performance.now() - startedMs) / 1000;
    if (answer.status !== 503) throw new Error(`${url} answered ${answer.status}`);
    await sleep(1000);
  }
}

/**
 * What a playlist names, in its order; of pictures with their height.
 * @param {OwnDaemon} daemon
 * @param {string} playlist
 */
async function entriesOf(daemon, playlist) {
  const text = await (await daemon.fetch(playlist)).text();
  const base = new URL(playlist, 'http://kdrama');
  return [
    ...text.matchAll(/^(#EXT-X-STREAM-INF:.*RESOLUTION=\d+x(\d+).*|#EXTINF:.*)\n(.+)$/gm),
  ].map(([, , height, uri = '']) => ({
    lines: Number(height ?? 0),
    path: new URL(uri, base).pathname,
  }));
}
