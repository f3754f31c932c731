import { encoded, type Choice } from './copyable.js';
import { isInShowOrder } from '../frames/cut-ticks.js';
import type { Packet } from '../ffmpeg/raw-packets.js';
import { planSegments } from './boundaries.js';

/** What is known of the packets of a picture that may be copied. */
export interface CopyFacts {
  readonly packets: readonly Packet[];
  /** Times at which the copy can be cut. */
  readonly cuts: ReadonlySet<number>;
  /** Of the pictures at which it can be, for people: `IDR picture`. */
  readonly cutName: string;
  readonly maxBitRate: number;
  readonly targetTicks: number;
  /** Where it may end: whatever of them it is. */
  readonly ends: readonly number[];
}

/** The header's choice, confirmed by the packets: a copy can be cut only where decoding can start. */
export function confirmByPackets(choice: Choice, facts: CopyFacts): Choice {
  if (choice.method === 'encoded') return choice;
  const { packets, cuts, cutName, maxBitRate, targetTicks, ends } = facts;
  if (packets.some((packet) => packet.ticks === undefined)) return encoded('no time stamps');
  // The last can be left out of a copy; others, which it would show, are what these are made of.
  const firstHidden = packets.findIndex(({ isHidden }) => isHidden === true);
  if (firstHidden !== -1 && packets.slice(firstHidden).some(({ isHidden }) => isHidden !== true)) {
    return encoded('frames left out by its edit list');
  }
  const first = packets[0];
  if (first?.ticks === undefined || !cuts.has(first.ticks)) {
    return encoded(`does not start with an ${cutName}`);
  }
  if (!isInShowOrder(packets, cuts)) return encoded('time stamps that go back');
  const candidates = [...cuts].toSorted((a, b) => a - b);
  const longest = Math.max(
    ...ends.map((endTicks) =>
      longestGap(planSegments({ candidates, preferred: [], endTicks }, targetTicks)),
    ),
  );
  if (longest > 2 * targetTicks) {
    return encoded(`${cutName}s up to ${(longest / 90_000).toFixed(0)} s apart`);
  }
  // The last: an index may count more bytes than there are of the picture.
  const bitRate = bitRateOf(packets, Math.min(...ends));
  if (bitRate > maxBitRate) return encoded(`${(bitRate / 1e6).toFixed(0)} Mbit/s`);
  const gap = longestGap([...candidates, Math.max(...ends)]) / 90_000;
  return { method: 'copied', reason: `${choice.reason}, key frames every ${gap.toFixed(1)} s` };
}

/** Bits a second by what was counted: headers lie about durations. */
function bitRateOf(packets: readonly Packet[], endTicks: number): number {
  const bytes = packets.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return endTicks > 0 ? (bytes * 8 * 90_000) / endTicks : 0;
}

function longestGap(ticks: readonly number[]): number {
  return ticks.reduce(
    (longest, end, index) => Math.max(longest, end - (ticks[index - 1] ?? end)),
    0,
  );
}
