import { uint32, uint64, writeBox, writeFullBox } from './boxes.js';
import type { Sample } from './samples.js';

const defaultBaseIsMoof = 0x020000;
const runFlags = { dataOffset: 0x1, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 };
/** sample_depends_on 2 (an I picture), and 1 with sample_is_non_sync_sample. */
const syncFlags = 0x02000000;
const nonSyncFlags = 0x01010000;
const headerBytes = 8;

/**
 * A media segment of one `moof` and one `mdat` on track 1. `tfdt` is the first sample's
 * presentation time and composition offsets are signed (`trun` version 1), so that PTS = decode
 * time + offset holds without an edit list, and segments of chunks whose encoders reorder
 * differently still follow each other. Samples are in decode order; the last one's duration
 * reaches to the end of the segment.
 */
export function writeSegment(sequence: number, samples: readonly Sample[]): Buffer {
  const first = samples[0];
  if (first === undefined) throw new RangeError('a segment needs a sample');
  const start = first.pts;
  const shift = start - first.dts;
  const traf = (dataOffset: number) =>
    writeBox(
      'traf',
      writeFullBox('tfhd', 0, defaultBaseIsMoof, uint32(1)),
      writeFullBox('tfdt', 1, 0, uint64(start)),
      writeRun(samples, shift, dataOffset),
    );
  const moof = (dataOffset: number) =>
    writeBox('moof', writeFullBox('mfhd', 0, 0, uint32(sequence)), traf(dataOffset));
  const moofBytes = moof(0).length;
  const data = samples.map((sample) => sample.data);
  return Buffer.concat([moof(moofBytes + headerBytes), writeBox('mdat', ...data)]);
}

function writeRun(samples: readonly Sample[], shift: number, dataOffset: number): Buffer {
  const flags =
    runFlags.dataOffset | runFlags.duration | runFlags.size | runFlags.flags | runFlags.offset;
  const table = Buffer.alloc(samples.length * 16);
  samples.forEach((sample, index) => {
    const at = index * 16;
    table.writeUInt32BE(sample.duration, at);
    table.writeUInt32BE(sample.data.length, at + 4);
    table.writeUInt32BE(sample.isSync ? syncFlags : nonSyncFlags, at + 8);
    table.writeInt32BE(sample.pts - (sample.dts + shift), at + 12);
  });
  return writeFullBox('trun', 1, flags, uint32(samples.length, dataOffset), table);
}
