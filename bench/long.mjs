import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { ultraHdClip } from './clips.mjs';
import { longClips } from './long-clips.mjs';
import { median } from './median.mjs';
import { measurePlaces, places } from './places.mjs';
import { measureRivalStart } from './rival-start.mjs';
import { timedRun } from './timed-run.mjs';

/** @typedef {import('../src/shared/contract/index.js').JobView} JobView */
/** @typedef {import('./places.mjs').Place} Place */
/**
 * In seconds. `tool`: what a start of ffmpeg alone takes there and then, of which each beginning needs several in a row.
 * @typedef {Record<'playable' | 'tool' | Place, number>} Start
 */

/**
 * How soon an episode plays after its last byte, whatever its length, and how soon its untouched middle and
 * end do; beside it when one ffmpeg per rendition would have them of one minute.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureLong({ directory, ffmpeg, copyable, foreign, short, rounds }) {
  const long = longClips(directory, ffmpeg, { copyable: copyable(), foreign: foreign() });
  const clips = [...long, { ...ultraHdClip(directory, ffmpeg), atMost: 8 }];
  const minutes = long.filter((clip) => clip.minutes === 1);
  /** @type {Series<Start>} */
  const ours = new Map();
  /** @type {Series<Record<Place, number>>} */
  const rivals = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const { name, path } of clips) {
      const tool = (await timedRun(ffmpeg, ['-v', 'quiet', '-version'])).wall;
      add(ours, name, { tool, ...(await measureStart(path, short())) });
    }
    for (const { name, path } of minutes) {
      add(rivals, name, await measureRivalStart(ffmpeg, path, directory));
    }
  }
  return [
    ...clips.map(({ name, atMost }) => ({
      what: `last byte → playable: ${name}`,
      detail: `seconds; ffmpeg alone starts in ${middleOf(ours, name, 'tool').toFixed(2)} s`,
      ...{ value: middleOf(ours, name, 'playable'), atMost },
    })),
    ...long
      .filter((clip) => clip.minutes === 70)
      .flatMap(({ name, kind }) => {
        const one = minutes.find((each) => each.kind === kind);
        return one === undefined ? [] : [growth(ours, kind, name, one.name)];
      }),
    ...long.flatMap(({ name }) =>
      places.map((place) => ({
        what: `its ${place} → a first segment: ${name}`,
        detail: `seconds, lowest picture${rivals.has(name) ? besideRival(rivals, name, place) : ''}`,
        ...{ value: middleOf(ours, name, place), atMost: secondsTo[place] },
      })),
    ),
  ];
}

/** A copied episode begins with its copy: who wants the lowest picture then has it before a request ends. */
const secondsTo = { beginning: 8, middle: 4, end: 4 };

/**
 * What each round found, by the name of the clip.
 * @template T
 * @typedef {Map<string, T[]>} Series
 */

/**
 * @template T
 * @param {Series<T>} series
 * @param {string} name
 * @param {T} found
 */
function add(series, name, found) {
  series.set(name, [...(series.get(name) ?? []), found]);
}

/**
 * @template {string} M
 * @param {Series<Record<M, number>>} series
 * @param {string} name
 * @param {M} moment
 */
function middleOf(series, name, moment) {
  return median((series.get(name) ?? []).map((found) => found[moment]));
}

/**
 * @param {Series<Start>} ours
 * @param {string} kind
 * @param {string} longest
 * @param {string} shortest
 */
function growth(ours, kind, longest, shortest) {
  const [long, short] = [middleOf(ours, longest, 'playable'), middleOf(ours, shortest, 'playable')];
  const detail = `${long.toFixed(2)} s / ${short.toFixed(2)} s`;
  return {
    what: `playable after 70 min / after 1 min, ${kind}`,
    ...{ detail, value: long / short, atMost: 1.5 },
  };
}

/**
 * @param {Series<Record<Place, number>>} rivals
 * @param {string} name
 * @param {Place} place
 */
function besideRival(rivals, name, place) {
  const seconds = middleOf(rivals, name, place).toFixed(1);
  return `; one ffmpeg per rendition ${seconds} s after its start`;
}

/**
 * @param {string} file
 * @param {string} warmUp a short one
 * @returns {Promise<Omit<Start, 'tool'>>}
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
