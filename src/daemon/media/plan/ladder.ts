/**
 * Which forms of the picture are offered. A rung is a 16:9 box that the picture fits into (turned for a
 * portrait), smaller than the source. Where a box about as large as the source or larger is wanted, that is the
 * source's own size, under the name of the smallest box that holds it. None is larger than the source.
 */
import {
  fullName,
  inOrder,
  linesOf,
  parseRung,
  plainResolutions,
  variantCodecs,
  type PictureEncoder,
  type VariantCodec,
  type WantedRung,
} from '../../../shared/resolutions.js';
import { alwaysNamed, boxes, fit, holds, largestOfAll, type LadderBox } from './ladder-boxes.js';
import type { Size } from '../source/shown-size.js';

export interface Rung extends Size {
  readonly name: string;
  /** Absent: H.264. */
  readonly codec?: VariantCodec;
  /** Ceiling of the encoder in bits per second. */
  readonly maxBitRate: number;
}

/** What of the picture is wanted. */
export interface LadderWish {
  /** The highest, by its name. */
  readonly top: string;
  /** What is encoded, the largest first; absent: the plain ladder. */
  readonly rungs?: readonly WantedRung[] | undefined;
  /** Ceilings of those that say none themselves. */
  readonly usual?: readonly WantedRung[] | undefined;
  /** No copy of another size beside them. */
  readonly isExact?: boolean;
  /** No rung beside a copy; where nothing can be copied, the lowest. */
  readonly isCopyOnly?: boolean;
  /** Absent: as always. */
  readonly encoder?: PictureEncoder | undefined;
}

/** What those in another codec have of these: they need less. */
const variantShare = 0.6;

/**
 * The rungs in H.264 or in `codec` that are encoded, largest first. `source` is the picture as it is
 * shown: turned upright, with square pixels. With `copied`, the source's own size needs no rung: the copy
 * is it.
 */
export function encodedRungs(
  source: Size,
  frameRate: number,
  { copied, codec, ...wish }: LadderWish & Pick<Rung, 'codec'> & { readonly copied: boolean },
): Rung[] {
  const wanted = wantedBoxes(wish, codec);
  const home = homeOf(source, wish);
  const smaller = wanted.filter((box) => !holds(box, source));
  const own = boxes.find(({ name }) => name === home?.name && !copied && isWanted(name, wanted));
  const rungs = [
    ...(own === undefined ? [] : [{ ...capped(own, wish, codec), ...fit(source, own) }]),
    ...smaller.map((box) => ({ ...box, ...fit(source, box) })),
  ];
  const inCodec = codec === undefined ? {} : { codec };
  return rungs.map(({ name, maxBitRate, width, height }) => ({
    ...{ name: fullName({ name, ...inCodec }), width, height, ...inCodec },
    maxBitRate: Math.round(maxBitRate * (frameRate > 35 ? 1.5 : 1)),
  }));
}

/** The name of a picture at the source's own size, encoded or copied, whatever that is. */
export function ownRungName(source: Size, wish: LadderWish): string {
  return homeOf(source, wish)?.name ?? `${Math.min(source.width, source.height)}p`;
}

/** Whether a copied picture is one of the pictures wanted, in H.264 or in the `codec` that it is in. */
export function isCopyWanted(source: Size, wish: LadderWish, codec?: VariantCodec): boolean {
  const name = ownRungName(source, wish);
  const isUnderTop = wish.top === '2160p' || linesOf(name) <= linesOf(wish.top);
  const wanted = [...wantedBoxes(wish), ...wantedBoxes(wish, codec)];
  return isUnderTop && (wish.isExact !== true || isWanted(name, wanted));
}

/** What a source is too large for that is not copied. */
export function largestWanted(wish: LadderWish): string {
  return wish.isExact === true ? (wantedBoxes(wish)[0]?.name ?? wish.top) : wish.top;
}

/** As `LadderWish.rungs`, where nobody says anything. */
export const plainRungs: readonly WantedRung[] = inOrder(
  plainResolutions.flatMap((text) => parseRung(text) ?? []),
);

/** The codecs that rungs are to be encoded in beside H.264. */
export function wantedCodecs(wish: LadderWish): VariantCodec[] {
  if (wish.isCopyOnly === true) return [];
  return variantCodecs.filter((codec) => wantedBoxes(wish, codec).length > 0);
}

/** Whether H.264 is there only because every player has to be given something. */
export function isStandIn({ rungs = [] }: LadderWish): boolean {
  return rungs.length > 0 && rungs.every(({ codec }) => codec !== undefined);
}

/** Those of a codec up to the top; of H.264 always one, the lowest wanted in any codec or the top itself. */
function wantedBoxes(wish: LadderWish, codec?: VariantCodec): LadderBox[] {
  const under = wantedUnderTop(wish);
  const own = under.filter((rung) => rung.codec === codec).map(({ name }) => name as string);
  const lowest = under.map(({ name }) => name).toSorted((a, b) => linesOf(a) - linesOf(b))[0];
  const wanted = own.length > 0 || codec !== undefined ? own : [lowest ?? wish.top];
  return boxes.filter(({ name }) => wanted.includes(name)).map((box) => capped(box, wish, codec));
}

function wantedUnderTop({ top, rungs = plainRungs }: LadderWish): readonly WantedRung[] {
  return rungs.filter(({ name }) => linesOf(name) <= linesOf(top));
}

function capped(
  box: LadderBox,
  { rungs = [], usual = [] }: LadderWish,
  codec: VariantCodec | undefined,
): LadderBox {
  const said = [...rungs, ...usual].find(
    (rung) => rung.name === box.name && rung.codec === codec && rung.maxBitRate !== undefined,
  );
  const own = box.maxBitRate * (codec === undefined ? 1 : variantShare);
  return { ...box, maxBitRate: said?.maxBitRate ?? Math.round(own) };
}

/** A box that holds the source means the source's own size. */
function isWanted(name: string, wanted: readonly LadderBox[]): boolean {
  return wanted.some((box) => linesOf(box.name) >= linesOf(name));
}

/** The smallest box that holds the source, of those that may give it a name. */
function homeOf(source: Size, wish: LadderWish): (Size & { name: string }) | undefined {
  const wanted = [...wantedUnderTop(wish), ...wantedBoxes(wish)];
  const names: string[] = [...alwaysNamed, ...wanted.map(({ name }) => name)];
  const naming = boxes.filter(({ name }) => names.includes(name));
  return [largestOfAll, ...naming].findLast((box) => holds(box, source));
}
