import { ticksPerSecond } from '../../../shared/time.js';
import type { Plan } from '../../store/plans.js';
import { fragmentBytes } from './fragment-head.js';
import { mediaTimescale, mp4Header, type HeaderTrack } from './header.js';
import { segmentIndex, segmentIndexBytes, type IndexEntry } from './segment-index.js';

/** A complete rendition as a track of the file. */
export interface TrackSource extends HeaderTrack {
  /** Bytes of every segment, from the first. */
  readonly sizes: readonly number[];
  /** Ticks by which its first sample is decoded before its time; absent: 0. */
  readonly leadTicks?: number;
}

/** Segment n of all tracks that have one, inside the virtual file. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly segment: number;
  readonly parts: readonly { readonly track: number; readonly sizeBytes: number }[];
}

/** An MP4 that is nowhere stored: a header, then a fragment for each segment of the plan. */
export interface VirtualMp4 {
  readonly header: Buffer;
  readonly fragments: readonly Fragment[];
  readonly sizeBytes: number;
}

/**
 * Lays out a fragmented MP4 of complete renditions: `ftyp`, `moov`, a `sidx` for each track, then the segments of each
 * number as one fragment. Nothing is encoded or stored again; where each of them lies follows from the sizes and the
 * plan alone. Throws RangeError when an init segment is not one.
 */
export function virtualMp4(
  tracks: readonly TrackSource[],
  { boundaries, chapters }: Pick<Plan, 'boundaries' | 'chapters'>,
): VirtualMp4 {
  const moov = mp4Header(tracks, boundaries.at(-1) ?? 0, chapters);
  const indexBytes = tracks.map(({ sizes }) => segmentIndexBytes(sizes.length));
  const headerBytes = moov.length + sum(indexBytes);
  const fragments = layFragments(tracks, headerBytes);
  const sizeBytes = fragments.at(-1)?.end ?? headerBytes;
  const lead = Math.max(...tracks.map(({ leadTicks = 0 }) => leadTicks));
  let indexEnd = moov.length;
  const indexes = tracks.map(({ init, leadTicks = 0 }, track) => {
    const timescale = mediaTimescale(init);
    indexEnd += indexBytes[track] ?? 0;
    const own = fragments.filter(({ parts }) => parts.some((part) => part.track === track));
    const begins = scaled(earlier(boundaries, lead - leadTicks), timescale);
    const entries = indexEntries(own, sizeBytes, begins);
    const firstOffset = (own[0]?.start ?? indexEnd) - indexEnd;
    return segmentIndex({ id: track + 1, timescale }, firstOffset, entries);
  });
  return { header: Buffer.concat([moov, ...indexes]), fragments, sizeBytes };
}

function layFragments(tracks: readonly TrackSource[], start: number): Fragment[] {
  let end = start;
  const longest = Math.max(0, ...tracks.map(({ sizes }) => sizes.length));
  return Array.from({ length: longest }, (_, segment) => {
    const parts = tracks.flatMap(({ sizes }, track) => {
      const sizeBytes = sizes[segment];
      return sizeBytes === undefined ? [] : [{ track, sizeBytes }];
    });
    const from = end;
    end += fragmentBytes(parts.map(({ sizeBytes }) => sizeBytes));
    return { start: from, end, segment, parts };
  });
}

/** Each track has an index of its own, whose entries go from one fragment that it is in to the next. */
function indexEntries(
  fragments: readonly Fragment[],
  fileEnd: number,
  boundaries: readonly number[],
): IndexEntry[] {
  return fragments.map(({ start, segment }, index) => ({
    sizeBytes: (fragments[index + 1]?.start ?? fileEnd) - start,
    duration: (boundaries[segment + 1] ?? 0) - (boundaries[segment] ?? 0),
  }));
}

/**
 * Where ffmpeg has found a picture it looks for the sound at the time at which that picture is decoded, which is before the
 * one at which it is shown: it took the fragment before. So the index has sound begin that much earlier.
 */
function earlier(boundaries: readonly number[], byTicks: number): number[] {
  return boundaries.map((ticks, index) =>
    index === boundaries.length - 1 ? ticks : Math.max(ticks - byTicks, boundaries[index - 1] ?? 0),
  );
}

function scaled(ticks: readonly number[], timescale: number): number[] {
  return ticks.map((value) => Math.round((value * timescale) / ticksPerSecond));
}

/** Those that hold bytes of [start, end), found without looking at all of them. */
export function fragmentsWithin(
  { fragments }: VirtualMp4,
  start: number,
  end: number,
): readonly Fragment[] {
  let [low, high] = [0, fragments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((fragments[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while ((fragments[last]?.start ?? end) < end) last += 1;
  return fragments.slice(low, last);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
