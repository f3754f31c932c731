/**
 * Which forms of the picture are offered. A rung is a 16:9 box that the picture fits into (turned
 * for a portrait); the smallest box that holds the source gets a rung at the source's own size;
 * none is larger than the source.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rung extends Size {
  readonly name: string;
  /** Ceiling of the encoder in bits per second. */
  readonly maxBitRate: number;
}

/** What of the ladder is wanted, by names of boxes. */
export interface LadderWish {
  /** The highest. */
  readonly top: string;
  /** These alone; one that is larger than the source means the source's own size. */
  readonly only?: readonly string[] | undefined;
  /** No rung beside a copy; where nothing can be copied, the lowest. */
  readonly isCopyOnly?: boolean;
}

interface LadderBox extends Size {
  readonly name: string;
  /** At up to 30 frames a second; PeerTube's caps for 24 are 4.97, 2.43 and 0.83 Mbit/s. */
  readonly maxBitRate: number;
}

/** Largest first. */
const boxes: readonly LadderBox[] = [
  { name: '1080p', width: 1920, height: 1080, maxBitRate: 5_000_000 },
  { name: '720p', width: 1280, height: 720, maxBitRate: 2_500_000 },
  { name: '360p', width: 640, height: 360, maxBitRate: 850_000 },
];

/** Names for copied pictures that no box of the ladder holds. */
const largerBoxes: readonly (Size & { name: string })[] = [
  { name: '1440p', width: 2560, height: 1440 },
  { name: '2160p', width: 3840, height: 2160 },
  { name: '4320p', width: 7680, height: 4320 },
];

/**
 * The rungs that are encoded, largest first. `source` is the picture as it is shown: turned
 * upright, with square pixels. With `copied`, the box that holds the source needs no rung: the copy
 * is it.
 */
export function encodedRungs(
  source: Size,
  frameRate: number,
  { top, only, copied }: LadderWish & { readonly copied: boolean },
): Rung[] {
  const home = boxes.findLast((box) => holds(box, source));
  const possible = boxes
    .filter((box) => lines(box.name) <= lines(top))
    .filter((box) => box === home || !holds(box, source));
  const largest = copied ? copiedRungName(source) : possible[0]?.name;
  return possible
    .filter(({ name }) => isAsked(name, only, largest))
    .filter((box) => !(copied && box === home))
    .map((box) => ({
      name: box.name,
      ...(box === home ? evenSize(source) : fit(source, box)),
      maxBitRate: Math.round(box.maxBitRate * (frameRate > 35 ? 1.5 : 1)),
    }));
}

/** The name of the rung that a copied picture is, at any size. */
export function copiedRungName(source: Size): string {
  const box = [...largerBoxes.toReversed(), ...boxes].findLast((each) => holds(each, source));
  return box?.name ?? `${Math.min(source.width, source.height)}p`;
}

/** Whether a copied picture is one of the boxes wanted. */
export function isCopyWanted(source: Size, { top, only }: LadderWish): boolean {
  const name = copiedRungName(source);
  return (top === '2160p' || lines(name) <= lines(top)) && isAsked(name, only, name);
}

function isAsked(name: string, only: LadderWish['only'], largest: string | undefined): boolean {
  if (only === undefined || only.includes(name)) return true;
  return name === largest && only.some((wanted) => lines(wanted) > lines(name));
}

function lines(name: string): number {
  return Number.parseInt(name, 10);
}

function turnedFor(source: Size, box: Size): Size {
  return source.height > source.width ? { width: box.height, height: box.width } : box;
}

function holds(box: Size, source: Size): boolean {
  const { width, height } = turnedFor(source, box);
  return source.width <= width && source.height <= height;
}

function fit(source: Size, box: Size): Size {
  const turned = turnedFor(source, box);
  const scale = Math.min(turned.width / source.width, turned.height / source.height);
  return evenSize({ width: source.width * scale, height: source.height * scale });
}

/** 4:2:0 pictures have even sides. */
function evenSize({ width, height }: Size): Size {
  return { width: even(width), height: even(height) };
}

function even(side: number): number {
  return Math.max(2, 2 * Math.round(side / 2));
}
