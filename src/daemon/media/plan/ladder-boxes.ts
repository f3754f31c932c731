/** The 16:9 boxes that rungs of a ladder fit into. Pure. */
import type { RungName } from '../../../shared/resolutions.js';
import type { Size } from '../source/shown-size.js';

export interface LadderBox extends Size {
  readonly name: RungName;
  /** At up to 35 frames a second; above, half as much again. */
  readonly maxBitRate: number;
}

/**
 * Largest first. The ceilings are PeerTube's bits per pixel at 24 frames a second, rounded
 * (docs/decisions/0040-ladder-of-your-own.md).
 */
export const boxes: readonly LadderBox[] = [
  { name: '2160p', width: 3840, height: 2160, maxBitRate: 16_000_000 },
  { name: '1440p', width: 2560, height: 1440, maxBitRate: 8_000_000 },
  { name: '1080p', width: 1920, height: 1080, maxBitRate: 5_000_000 },
  { name: '720p', width: 1280, height: 720, maxBitRate: 2_500_000 },
  { name: '540p', width: 960, height: 540, maxBitRate: 1_450_000 },
  { name: '480p', width: 854, height: 480, maxBitRate: 1_200_000 },
  { name: '360p', width: 640, height: 360, maxBitRate: 850_000 },
  { name: '240p', width: 426, height: 240, maxBitRate: 425_000 },
];

/** Boxes that give a source's own size its name whether they are wanted or not, largest first. */
export const alwaysNamed = ['2160p', '1440p', '1080p', '720p', '360p'];
export const largestOfAll = { name: '4320p', width: 7680, height: 4320 };

function turnedFor(source: Size, box: Size): Size {
  return source.height > source.width ? { width: box.height, height: box.width } : box;
}

/**
 * Whether a picture fits in, turned or not, without being made smaller to speak of: it would be the same once more
 * beside 2048×1080 (cinemas) or 642×366.
 */
export function holds(box: Size, source: Size): boolean {
  const { width, height } = turnedFor(source, box);
  return 15 * source.width <= 16 * width && 15 * source.height <= 16 * height;
}

/** As large as fits in, and as it is. */
export function fit(source: Size, box: Size): Size {
  const turned = turnedFor(source, box);
  const scale = Math.min(turned.width / source.width, turned.height / source.height, 1);
  return { width: evenSide(source.width, scale), height: evenSide(source.height, scale) };
}

/** 4:2:0 pictures have even sides; none is longer than it was. */
function evenSide(side: number, scale: number): number {
  return Math.max(2, 2 * Math.min(Math.round((side * scale) / 2), Math.floor(side / 2)));
}
