import { boxHeaderBytes, uint32, uint64, writeBox, writeFullBox } from './boxes.js';
import type { Sample } from './samples.js';

const defaultBaseIsMoof = 0x020000;
const runFlags = { dataOffset: 0x1, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 };
/** sample_depends_on 2 (an I picture), and 1 with sample_is_non_sync_sample. */
const syncFlags = 0x02000000;
const nonSyncFlags = 0x01010000;

/**
 * A media segment of one `moof` and one `mdat` on track 1, from `samples` in decode order with
 * distinct presentation times; `end` is where the next segment starts, in the same ticks, and
 * `reorderTicks` is the edit of the init segment. Throws RangeError when that cannot be.
 */
export function writeSegment(
  sequence: number,
  samples: readonly Sample[],
  end: number,
  reorderTicks = 0,
): Buffer {
  const times = decodeTimes(samples, reorderTicks);
  const [start = -1] = times;
  if (start < 0) throw new RangeError(`a segment cannot start at ${start}`);
  const traf = (dataOffset: number) =>
    writeBox(
      'traf',
      writeFullBox('tfhd', 0, defaultBaseIsMoof, uint32(1)),
      writeFullBox('tfdt', 1, 0, uint64(start)),
      writeRun(samples, [...times, end], reorderTicks, dataOffset),
    );
  const moof = (dataOffset: number) =>
    writeBox('moof', writeFullBox('mfhd', 0, 0, uint32(sequence)), traf(dataOffset));
  const moofBytes = moof(0).length;
  const data = Buffer.concat(samples.map((sample) => sample.data));
  return Buffer.concat([moof(moofBytes + boxHeaderBytes), writeBox('mdat', data)]);
}

/**
 * Decode times are the sorted presentation times: durations then fill the segment exactly and
 * segments of encoders that reorder differently follow each other. Where frames come irregularly a
 * picture may have to be decoded earlier, so that none is shown before it is decoded.
 */
function decodeTimes(samples: readonly Sample[], reorderTicks: number): number[] {
  const times = samples.map((sample) => sample.pts).toSorted((a, b) => a - b);
  let next = Infinity;
  for (let index = times.length - 1; index >= 0; index -= 1) {
    const latest = Math.min((samples[index]?.pts ?? 0) + reorderTicks, next - 1);
    next = Math.min(times[index] ?? 0, latest);
    times[index] = next;
  }
  return times;
}

function writeRun(
  samples: readonly Sample[],
  times: readonly number[],
  reorderTicks: number,
  dataOffset: number,
): Buffer {
  const flags =
    runFlags.dataOffset | runFlags.duration | runFlags.size | runFlags.flags | runFlags.offset;
  const table = Buffer.alloc(samples.length * 16);
  samples.forEach((sample, index) => {
    const at = index * 16;
    const [time = 0, next = 0] = times.slice(index, index + 2);
    if (next <= time) throw new RangeError(`a sample at ${time} of no duration`);
    table.writeUInt32BE(next - time, at);
    table.writeUInt32BE(sample.data.length, at + 4);
    table.writeUInt32BE(sample.isSync ? syncFlags : nonSyncFlags, at + 8);
    table.writeInt32BE(sample.pts + reorderTicks - time, at + 12);
  });
  return writeFullBox('trun', 1, flags, uint32(samples.length, dataOffset), table);
}
