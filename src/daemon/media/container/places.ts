/** Pure: what the index of a container says, held against what ffprobe reads at both ends of the file. */
import { packetsOf, type Packet, type RawPacket, type RawPackets } from '../ffmpeg/raw-packets.js';
import type { KeyPlace } from './key-place.js';
import type { CuedFrame } from './matroska-cue.js';
import type { SampleTable, TableSample } from './sample-table.js';

export interface Places {
  readonly packets: readonly Packet[];
  readonly keys: readonly KeyPlace[];
}

/** What ffprobe lists at the beginning of a stream, and from about its last key frame to its end. */
export interface Ends {
  readonly clock: Omit<RawPackets, 'packets'>;
  readonly head: readonly RawPacket[];
  readonly tail: readonly RawPacket[];
}

/**
 * All packets of a track of an MP4, in decode order. undefined where the table does not say the same as
 * ffprobe at both ends but for one shift: what an edit list does to the times is ffmpeg's own business. The table
 * does not know what that leaves out of the beginning.
 */
export function placesOfTable(
  { unitsPerSecond, samples }: SampleTable,
  { clock, head, tail }: Ends,
): Places | undefined {
  const [first] = samples;
  const shift = (head[0]?.pts ?? Number.NaN) - (first?.pts ?? 0);
  const shifted = (some: readonly TableSample[]) =>
    some.map((sample) => ({ ...sample, pts: sample.pts + shift }));
  const isSame =
    Math.abs(clock.ticksPerUnit * unitsPerSecond - 90_000) < 1e-6 &&
    areSame(head, shifted(samples.slice(0, head.length))) &&
    areSame(tail, shifted(samples.slice(-tail.length)));
  if (!isSame) return undefined;
  // How long the last ones last is ffprobe's word: the table's is not what it goes by.
  const last = samples
    .slice(-tail.length)
    .map((each, n) => ({ ...each, duration: tail[n]?.duration ?? 0 }));
  const packets = packetsOf({
    ...{ ...clock, startUnits: clock.startUnits - shift },
    packets: [...samples.slice(0, -last.length), ...last],
  });
  const keys = samples.flatMap(({ offset, sizeBytes, isKey }, index) =>
    isKey ? [{ offset, sizeBytes, ticks: packets[index]?.ticks }] : [],
  );
  return { packets, keys };
}

/**
 * One packet for each cued frame of a Matroska file, in the order of their times, with the bytes of all tracks up to the next, and those that lead
 * it; from the last one on all that there are. undefined where the first and the last are not what ffprobe finds there.
 */
export function placesOfCues(
  frames: readonly CuedFrame[],
  { clock, head, tail }: Ends,
): Places | undefined {
  const [first, last] = [frames[0], frames.at(-1)];
  const lastAt = tail.findIndex(({ pts }) => pts === last?.milliseconds);
  const isSame =
    clock.ticksPerUnit === 90 &&
    areSame(head.slice(0, 1), frames.slice(0, 1).map(rawOf)) &&
    areSame(tail.slice(lastAt, lastAt + 1), frames.slice(-1).map(rawOf));
  if (first === undefined || lastAt < 0 || !isSame) return undefined;
  const sizes = frames.slice(1).map((next, n) => next.offset - (frames[n]?.offset ?? 0));
  if (sizes.some((sizeBytes) => sizeBytes <= 0)) return undefined;
  const between = sizes.flatMap((sizeBytes, n) => {
    const { leading, ...frame } = frames[n] ?? first;
    const key = { ...rawOf(frame), sizeBytes };
    return [key, ...leading.map((pts) => ({ ...key, pts, sizeBytes: 0, isKey: false }))];
  });
  const packets = packetsOf({ ...clock, packets: [...between, ...tail.slice(lastAt)] });
  const keyTicks = packets.filter(({ isKey }) => isKey).map(({ ticks }) => ticks);
  return { packets, keys: frames.map((frame, n) => ({ ...frame, ticks: keyTicks[n] })) };
}

function rawOf({ milliseconds, sizeBytes }: Omit<CuedFrame, 'leading'>): RawPacket {
  return { pts: milliseconds, duration: 0, sizeBytes, isKey: true };
}

type Told = Pick<RawPacket, 'pts' | 'sizeBytes' | 'isHidden'>;

/** Nothing is not the same as nothing: then there was nothing to compare. */
function areSame(some: readonly Told[], others: readonly Told[]): boolean {
  return (
    some.length > 0 &&
    some.length === others.length &&
    some.every(({ pts, sizeBytes, isHidden = false }, n) => {
      const other = others[n];
      return (
        pts === other?.pts &&
        sizeBytes === other.sizeBytes &&
        isHidden === (other.isHidden ?? false)
      );
    })
  );
}
