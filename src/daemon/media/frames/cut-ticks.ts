import type { KeyPicture } from './key-picture.js';
import type { Packet } from '../ffmpeg/raw-packets.js';

/**
 * The times at which a copy can be cut: all that is decoded from a key picture on is shown from there on,
 * all before it is shown before. A key picture whose leading pictures can be decoded begins with the first
 * of them. `packets` in decode order; `keys` what each packet that is a key is; empty where they do not
 * belong together, or a time is missing.
 */
export function cutTicks(
  packets: readonly Packet[],
  keys: readonly KeyPicture[],
): ReadonlySet<number> {
  const ticks = packets.map((packet) => packet.ticks ?? Number.NaN);
  const keyAt = packets.flatMap(({ isKey }, index) => (isKey ? [index] : []));
  if (keyAt.length !== keys.length || ticks.some(Number.isNaN)) return new Set();
  const latestBefore = running(ticks, Math.max, -Infinity);
  const earliestFrom = running(ticks.toReversed(), Math.min, Infinity).toReversed();
  const cuts = keyAt.flatMap((at, index) => {
    const [own = 0, first = 0] = [ticks[at], earliestFrom[at]];
    const isClosed = keys[index] === 'closed' || (keys[index] === 'perhaps' && first === own);
    return isClosed && (latestBefore[at - 1] ?? -Infinity) < first ? [first] : [];
  });
  return new Set(cuts);
}

/**
 * Whether pictures are shown in an order that a copy can keep: one at a time, and at each cut all that is decoded
 * before it is shown before it. Where two recordings were joined, the last pictures of the one may have times
 * after the first of the other. `packets` in decode order.
 */
export function isInShowOrder(packets: readonly Packet[], cuts: ReadonlySet<number>): boolean {
  let cut = -Infinity;
  let latest = -Infinity;
  const sinceCut = new Set<number>();
  for (const { ticks = Number.NaN, isKey, isHidden } of packets) {
    if (isHidden === true) continue;
    if (isKey && cuts.has(ticks)) {
      if (ticks <= latest) return false;
      cut = ticks;
      sinceCut.clear();
    }
    if (!(ticks >= cut) || sinceCut.has(ticks)) return false;
    sinceCut.add(ticks);
    latest = Math.max(latest, ticks);
  }
  return true;
}

function running(
  values: readonly number[],
  pick: (a: number, b: number) => number,
  start: number,
): number[] {
  let best = start;
  return values.map((value) => (best = pick(best, value)));
}
