/** The sample tables of one MP4 track (ISO/IEC 14496-12, 8.6 and 8.7): where each picture lies, and when. */
import { findBox, requireBox, type Box } from '../fmp4/boxes.js';
import { unitsPerSecond } from '../fmp4/timing.js';

/** Of a sample, in decode order. Times in the track's own units, before any edit list. */
export interface TableSample {
  readonly pts: number;
  readonly duration: number;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly isKey: boolean;
  /** The edit list leaves it out. */
  readonly isHidden?: boolean;
}

export interface SampleTable {
  readonly unitsPerSecond: number;
  readonly samples: readonly TableSample[];
}

/** Ten hours at 60 frames a second have 2.2 million. */
const mostSamples = 2_500_000;

/**
 * The table of a `trak` box; undefined where it has several sample descriptions or too many samples.
 * Throws RangeError where it is broken.
 */
export function sampleTable(bytes: Buffer, track: Box): SampleTable | undefined {
  const media = requireBox(bytes, track, ['mdia', 'mdhd']);
  const units = unitsPerSecond(bytes, media);
  const stbl = requireBox(bytes, track, ['mdia', 'minf', 'stbl']);
  const descriptions = requireBox(bytes, stbl, ['stsd']);
  if (bytes.readUInt32BE(descriptions.body + 4) !== 1 || units === 0) return undefined;
  const sizes = readSizes(bytes, requireBox(bytes, stbl, ['stsz']));
  if (sizes === undefined) return undefined;
  const count = sizes.length;
  const durations = readRuns(bytes, requireBox(bytes, stbl, ['stts']), count);
  const composition = findBox(bytes, stbl, ['ctts']);
  const delays = composition === undefined ? undefined : readRuns(bytes, composition, count);
  const offsets = readOffsets(bytes, stbl, sizes);
  const sync = findBox(bytes, stbl, ['stss']);
  const keys = sync === undefined ? undefined : new Set(readNumbers(bytes, sync));
  let decoded = 0;
  const samples = sizes.map((sizeBytes, index): TableSample => {
    const duration = durations[index] ?? 0;
    const pts = decoded + ((delays?.[index] ?? 0) | 0); // signed, also where version 0 says not
    decoded += duration;
    const isKey = keys?.has(index + 1) ?? true;
    return { pts, duration, offset: offsets[index] ?? 0, sizeBytes, isKey };
  });
  return { unitsPerSecond: units, samples };
}

function readSizes(bytes: Buffer, box: Box): number[] | undefined {
  const same = bytes.readUInt32BE(box.body + 4);
  const count = bytes.readUInt32BE(box.body + 8);
  if (count > mostSamples) return undefined;
  return Array.from({ length: count }, (_, n) =>
    same === 0 ? bytes.readUInt32BE(box.body + 12 + n * 4) : same,
  );
}

/** `stts` and `ctts`: runs of equal values. Throws RangeError when they are not as many as samples. */
function readRuns(bytes: Buffer, box: Box, count: number): number[] {
  const values: number[] = [];
  const runs = bytes.readUInt32BE(box.body + 4);
  for (let run = 0; run < runs && values.length < count; run += 1) {
    const length = bytes.readUInt32BE(box.body + 8 + run * 8);
    const value = bytes.readUInt32BE(box.body + 12 + run * 8);
    const stop = Math.min(count, values.length + length);
    while (values.length < stop) values.push(value);
  }
  if (values.length < count) throw new RangeError(`${box.type} has ${values.length} of ${count}`);
  return values;
}

function readNumbers(bytes: Buffer, box: Box): number[] {
  const count = bytes.readUInt32BE(box.body + 4);
  if (count > (box.end - box.body - 8) / 4) throw new RangeError(`cut-off ${box.type}`);
  return Array.from({ length: count }, (_, n) => bytes.readUInt32BE(box.body + 8 + n * 4));
}

/** Where each sample begins in the file: chunks have offsets, their samples follow one another. */
function readOffsets(bytes: Buffer, stbl: Box, sizes: readonly number[]): number[] {
  const chunks = readChunkOffsets(bytes, stbl);
  const map = requireBox(bytes, stbl, ['stsc']);
  const entries = bytes.readUInt32BE(map.body + 4);
  const offsets: number[] = [];
  let entry = -1;
  let perChunk = 0;
  chunks.forEach((chunkOffset, index) => {
    const next = map.body + 8 + (entry + 1) * 12;
    if (entry + 1 < entries && bytes.readUInt32BE(next) === index + 1) {
      entry += 1;
      perChunk = bytes.readUInt32BE(next + 4);
    }
    let at = chunkOffset;
    const stop = Math.min(sizes.length, offsets.length + perChunk);
    while (offsets.length < stop) {
      const size = sizes[offsets.length] ?? 0;
      offsets.push(at);
      at += size;
    }
  });
  if (offsets.length < sizes.length) throw new RangeError('chunks hold fewer samples than sizes');
  return offsets;
}

function readChunkOffsets(bytes: Buffer, stbl: Box): number[] {
  const short = findBox(bytes, stbl, ['stco']);
  if (short !== undefined) return readNumbers(bytes, short);
  const long = requireBox(bytes, stbl, ['co64']);
  const count = bytes.readUInt32BE(long.body + 4);
  if (count > (long.end - long.body - 8) / 8) throw new RangeError('cut-off co64');
  return Array.from({ length: count }, (_, n) =>
    Number(bytes.readBigUInt64BE(long.body + 8 + n * 8)),
  );
}
