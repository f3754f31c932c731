import { setTimeout as sleep } from 'node:timers/promises';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { ultraHdClip } from './clips.mjs';
import { longClips } from './long-clips.mjs';
import { median } from './median.mjs';

/** @typedef {import('../src/shared/contract/index.js').JobView} JobView */
/** @typedef {'playable' | (typeof places)[number]} Moment */
/** @typedef {Record<Moment, number>} Start in seconds */

/** Where somebody looks into a long episode as soon as it plays. */
const places = /** @type {const} */ (['beginning', 'middle', 'end']);

/**
 * How soon an episode plays after its last byte, whatever its length, and how soon its untouched middle and
 * end do.
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
  const valueOf = (/** @type {string} */ name, /** @type {Moment} */ moment) =>
    median((starts.get(name) ?? []).map((start) => start[moment]));
  const longest = long.filter(({ minutes }) => minutes === 70);
  return [
    ...clips.map(({ name, atMost }) => ({
      ...{ what: `last byte → playable: ${name}`, detail: 'seconds' },
      ...{ value: valueOf(name, 'playable'), atMost },
    })),
    ...longest.flatMap(({ name, kind }) => {
      const one = long.find((each) => each.kind === kind && each.minutes === 1);
      if (one === undefined) return [];
      const [ours, theirs] = [valueOf(name, 'playable'), valueOf(one.name, 'playable')];
      const detail = `${ours.toFixed(2)} s / ${theirs.toFixed(2)} s`;
      const what = `playable after 70 min / after 1 min, ${kind}`;
      return [{ what, detail, value: ours / theirs, atMost: 1.5 }];
    }),
    ...longest.flatMap(({ name }) =>
      places.map((place) => ({
        ...{ what: `its ${place} → a first segment: ${name}`, detail: 'seconds, lowest picture' },
        ...{ value: valueOf(name, place), atMost: 4 },
      })),
    ),
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
    const master = `/api/v1/stream/${job.videoId}/hls/master.m3u8`;
    return { playable, ...(await measurePlaces(daemon, master)) };
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {OwnDaemon} daemon
 * @param {string} master
 * @returns {Promise<Record<(typeof places)[number], number>>}
 */
async function measurePlaces(daemon, master) {
  const lowest = (await entriesOf(daemon, master)).toSorted((a, b) => a.lines - b.lines)[0];
  const segments = await entriesOf(daemon, lowest?.path ?? '');
  const at = (/** @type {number} */ index) =>
    secondsUntilThere(daemon, segments.at(index)?.path ?? '');
  return {
    beginning: await at(0),
    middle: await at(Math.floor(segments.length / 2)),
    end: await at(-1),
  };
}

/**
 * @param {OwnDaemon} daemon
 * @param {string} path of a segment
 */
async function secondsUntilThere(daemon, path) {
  const { url, headers } = daemon.target(path);
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
