import { ticksPerSecond } from '../../shared/time.js';
import type { Cue, Track } from './webvtt.js';

const ticksPerMs = ticksPerSecond / 1000;

// Our segments' first time stamp is 0, so local time is media time.
const head = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000';

/**
 * One WebVTT segment: the cues that are visible at some moment of [start, end) ticks, with absolute
 * times. A cue that spans segments stands in each of them (RFC 8216 §3.5).
 */
export function cueSegment(track: Track, start: number, end: number): string {
  const cues = track.cues.filter((cue) => overlaps(cue, start / ticksPerMs, end / ticksPerMs));
  return `${[head, ...cues.map((cue) => cue.block)].join('\n\n')}\n`;
}

/** A cue without a duration belongs to the segment it starts in. */
function overlaps(cue: Cue, startMs: number, endMs: number): boolean {
  const startsInside = cue.startMs >= startMs && cue.startMs < endMs;
  return startsInside || (cue.startMs < startMs && cue.endMs > startMs);
}
