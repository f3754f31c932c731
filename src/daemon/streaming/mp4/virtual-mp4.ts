import { ticksPerSecond } from '../../../shared/time.js';
import type { Plan } from '../../store/plans.js';
import { mediaTimescale, mp4Header, type HeaderTrack } from './header.js';
import { segmentIndex, segmentIndexBytes, type IndexEntry } from './segment-index.js';

/** A complete rendition as a track of the file. */
export interface TrackSource extends HeaderTrack {
  /** Bytes of every segment, from the first. */
  readonly sizes: readonly number[];
}

/** A whole segment inside the virtual file. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Which of the tracks, and which of its segments. */
  readonly track: number;
  readonly segment: number;
  readonly sequence: number;
}

/** An MP4 that is nowhere stored: a header, then segments of all tracks in turn. */
export interface VirtualMp4 {
  readonly header: Buffer;
  readonly pieces: readonly Piece[];
  readonly sizeBytes: number;
}

/**
 * Lays out a fragmented MP4 of complete renditions: `ftyp`, `moov`, a `sidx` for each track, then
 * segment n of every track, one after the other. Nothing is encoded or stored again; where each byte
 * lies follows from the sizes and the plan alone. Throws RangeError when an init segment is
 * not one.
 */
export function virtualMp4(
  tracks: readonly TrackSource[],
  { boundaries, chapters }: Pick<Plan, 'boundaries' | 'chapters'>,
): VirtualMp4 {
  const moov = mp4Header(tracks, boundaries.at(-1) ?? 0, chapters);
  const indexBytes = tracks.map(({ sizes }) => segmentIndexBytes(sizes.length));
  const headerBytes = moov.length + sum(indexBytes);
  const pieces = layPieces(tracks, headerBytes);
  const sizeBytes = pieces.at(-1)?.end ?? headerBytes;
  let indexEnd = moov.length;
  const indexes = tracks.map(({ init }, track) => {
    const timescale = mediaTimescale(init);
    indexEnd += indexBytes[track] ?? 0;
    const own = pieces.filter((piece) => piece.track === track);
    const entries = indexEntries(own, sizeBytes, scaled(boundaries, timescale));
    const firstOffset = (own[0]?.start ?? indexEnd) - indexEnd;
    return segmentIndex({ id: track + 1, timescale }, firstOffset, entries);
  });
  return { header: Buffer.concat([moov, ...indexes]), pieces, sizeBytes };
}

function layPieces(tracks: readonly TrackSource[], start: number): Piece[] {
  let end = start;
  let sequence = 0;
  const longest = Math.max(0, ...tracks.map(({ sizes }) => sizes.length));
  return Array.from({ length: longest }, (_, segment) =>
    tracks.flatMap(({ sizes }, track) => {
      const sizeBytes = sizes[segment];
      if (sizeBytes === undefined) return [];
      sequence += 1;
      end += sizeBytes;
      return [{ start: end - sizeBytes, end, track, segment, sequence }];
    }),
  ).flat();
}

/**
 * Each track has an index of its own, whose entries go from one of its segments to the next: players
 * built on ffmpeg otherwise do not find the other track's segment after a seek.
 */
function indexEntries(
  pieces: readonly Piece[],
  fileEnd: number,
  boundaries: readonly number[],
): IndexEntry[] {
  return pieces.map(({ start, segment }, index) => ({
    sizeBytes: (pieces[index + 1]?.start ?? fileEnd) - start,
    duration: (boundaries[segment + 1] ?? 0) - (boundaries[segment] ?? 0),
  }));
}

function scaled(ticks: readonly number[], timescale: number): number[] {
  return ticks.map((value) => Math.round((value * timescale) / ticksPerSecond));
}

/** The pieces that hold bytes of [start, end), found without looking at all of them. */
export function piecesWithin({ pieces }: VirtualMp4, start: number, end: number): readonly Piece[] {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while ((pieces[last]?.start ?? end) < end) last += 1;
  return pieces.slice(low, last);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
