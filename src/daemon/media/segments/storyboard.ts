/** Which pictures a storyboard has, how large and how laid out: pure. */
import { ticksPerSecond } from '../../../shared/time.js';
import type { Size } from '../source/shown-size.js';

/** Tiles of a sheet: a browser fetches and decodes some 150 s of an episode at once. */
export const sheetColumns = 5;
export const sheetRows = 5;

/** As close as pictures stand where the plan has them so close. */
const shortestIntervalTicks = 5 * ticksPerSecond;
/** 100 minutes of the usual 6 s; a longer video has them further apart. */
const mostTiles = 1000;
/** Of a tile, in pixels. */
const longestSide = 256;

/**
 * The segments whose first picture becomes a tile: the first, then each that begins 5 s or more after
 * the one before. Every segment begins with a key frame, so a tile shows exactly its time.
 */
export function tiledSegments(boundaries: readonly number[]): number[] {
  const end = boundaries.at(-1) ?? 0;
  const interval = Math.max(shortestIntervalTicks, end / mostTiles);
  const chosen: number[] = [];
  let due = 0;
  boundaries.slice(0, -1).forEach((start, number) => {
    if (chosen.length > 0 && start < due) return;
    chosen.push(number);
    due = start + interval;
  });
  return chosen;
}

/** The shape of the picture, its longer side 256 or what the picture has; both even. */
export function tileSize({ width, height }: Size): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  const even = (length: number) => Math.max(2, 2 * Math.round((length * scale) / 2));
  return { width: even(width), height: even(height) };
}
