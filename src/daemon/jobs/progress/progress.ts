import { variantCodecOf } from '../../../shared/renditions.js';
import { toSeconds } from '../../../shared/time.js';
import type { Rendition } from '../../store/renditions.js';

/** A rendition and how much of it is there. */
export interface RenditionWork extends Pick<Rendition, 'method' | 'traits'> {
  readonly segmentsDone: number;
  readonly ticksDone: number;
}

/** What is there of a plan, and what runs. */
export interface WorkFacts {
  readonly renditions: readonly RenditionWork[];
  readonly durationTicks: number;
  readonly hasPoster: boolean;
  /** Work of running attempts that is not published yet. */
  readonly inFlight: number;
}

/** Work in seconds of 1280×720 that are encoded: done, and in all. */
export interface Work {
  readonly done: number;
  readonly total: number;
}

/** Reads a few key frames, however long the video is: about as long as this. */
const posterWork = 2;

/** How much work one second of a rendition is. Ratios of measured CPU time; only they matter. */
export function workPerSecond({ method, traits }: Pick<Rendition, 'method' | 'traits'>): number {
  if (traits.kind === 'subtitle') return 0.002;
  if (traits.kind === 'audio') return method === 'copied' ? 0.002 : 0.03 * traits.channels;
  if (method === 'copied') return 0.01;
  const decodingShare = 0.3;
  const encoding = { h264: 1, hevc: 2.7, av1: 2 }[variantCodecOf(traits) ?? 'h264'];
  return decodingShare + (encoding * traits.width * traits.height) / (1280 * 720);
}

export function workOf({ renditions, durationTicks, hasPoster, inFlight }: WorkFacts): Work {
  const seconds = toSeconds(durationTicks);
  let done = inFlight + (hasPoster ? posterWork : 0);
  let total = posterWork;
  for (const rendition of renditions) {
    const perSecond = workPerSecond(rendition);
    total += perSecond * seconds;
    done += perSecond * secondsDone(rendition, seconds);
  }
  return { done: Math.min(done, total), total };
}

/** Subtitles are one file for all of the video. */
function secondsDone({ traits, segmentsDone, ticksDone }: RenditionWork, seconds: number): number {
  return traits.kind === 'subtitle' ? segmentsDone * seconds : toSeconds(ticksDone);
}

/** Only a verified job is at 100. */
const highestUnfinished = 99.9;

/** 0 to 99.9, in tenths, rounded down: it never promises more than is there. */
export function percentOf({ done, total }: Work): number {
  if (total === 0) return 0;
  return Math.min(highestUnfinished, Math.floor((done / total) * 1000) / 10);
}
