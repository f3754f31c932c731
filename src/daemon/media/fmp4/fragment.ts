import { readBoxes, requireBox, type Box } from './boxes.js';
import type { SampleDefaults, TrackHeader } from './init.js';
import type { Sample } from './samples.js';

/** Flags of `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8). */
const tfhd = { baseOffset: 0x1, description: 0x2, duration: 0x8, size: 0x10, flags: 0x20 } as const;
const trun = {
  dataOffset: 0x1,
  firstFlags: 0x4,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  compositionOffset: 0x800,
} as const;
const nonSyncFlag = 0x10000;

/**
 * The samples of one fragment: a whole `moof` box and the whole `mdat` box behind it. Times are
 * presentation times: `tfdt` and composition offset less the track's edit. Throws RangeError when
 * the boxes contradict each other.
 */
export function readFragment(moof: Buffer, mdat: Buffer, track: TrackHeader): Sample[] {
  const traf = requireBox(moof, { body: 0, end: moof.length }, ['moof', 'traf']);
  const header = readTrackFragmentHeader(moof, traf, track.defaults);
  const tfdt = requireBox(moof, traf, ['tfdt']);
  let dts =
    (moof[tfdt.body] === 1
      ? Number(moof.readBigInt64BE(tfdt.body + 4)) // ffmpeg writes negative times of priming sound
      : moof.readUInt32BE(tfdt.body + 4)) - track.mediaTime;
  const runs: Sample[][] = [];
  for (const box of readBoxes(moof, traf.body, traf.end)) {
    if (box.type !== 'trun') continue;
    const run = readRun(moof, box, header, mdat, moof.length, dts);
    runs.push(run);
    dts = run.reduce((time, sample) => time + sample.duration, dts);
  }
  return runs.flat();
}

function readTrackFragmentHeader(
  moof: Buffer,
  traf: Box,
  defaults: SampleDefaults,
): SampleDefaults {
  const box = requireBox(moof, traf, ['tfhd']);
  const flags = moof.readUInt32BE(box.body) & 0xffffff;
  let at = box.body + 8;
  if (flags & tfhd.baseOffset) at += 8;
  if (flags & tfhd.description) at += 4;
  const next = (flag: number, otherwise: number) => {
    if (!(flags & flag)) return otherwise;
    at += 4;
    return moof.readUInt32BE(at - 4);
  };
  return {
    duration: next(tfhd.duration, defaults.duration),
    size: next(tfhd.size, defaults.size),
    flags: next(tfhd.flags, defaults.flags),
  };
}

function readRun(
  moof: Buffer,
  box: Box,
  defaults: SampleDefaults,
  mdat: Buffer,
  mdatStart: number,
  startDts: number,
): Sample[] {
  const flags = moof.readUInt32BE(box.body) & 0xffffff;
  const count = moof.readUInt32BE(box.body + 4);
  let at = box.body + 8;
  const word = () => {
    at += 4;
    return moof.readUInt32BE(at - 4);
  };
  let offset = (flags & trun.dataOffset ? word() | 0 : mdatStart + 8) - mdatStart;
  const firstFlags = flags & trun.firstFlags ? word() : undefined;
  let dts = startDts;
  return Array.from({ length: count }, (_, index) => {
    const duration = flags & trun.duration ? word() : defaults.duration;
    const size = flags & trun.size ? word() : defaults.size;
    const ownFlags = flags & trun.flags ? word() : defaults.flags;
    const sampleFlags = index === 0 && firstFlags !== undefined ? firstFlags : ownFlags;
    const compositionOffset = flags & trun.compositionOffset ? word() | 0 : 0;
    if (offset + size > mdat.length) throw new RangeError('sample lies outside its mdat');
    const sample: Sample = {
      pts: dts + compositionOffset,
      duration,
      isSync: (sampleFlags & nonSyncFlag) === 0,
      data: mdat.subarray(offset, offset + size),
    };
    offset += size;
    dts += duration;
    return sample;
  });
}
