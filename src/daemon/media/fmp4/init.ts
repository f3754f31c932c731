import {
  findBox,
  readBoxes,
  requireBox,
  uint32,
  writeBox,
  writeFullBox,
  type Box,
} from './boxes.js';
import { readEdits, unitsPerSecond } from './timing.js';

/** What the `moov` of a single-track fragmented MP4 says about its track. */
export interface TrackHeader {
  readonly timescale: number;
  /** Where the presentation starts in the media's own time (edit list), in timescale ticks. */
  readonly mediaTime: number;
  /** Defaults of `trex`, for fragments that do not say. */
  readonly defaults: SampleDefaults;
}

export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/** Reads a whole `moov` box. Throws RangeError when it is not one of a single-track fragmented MP4. */
export function readTrackHeader(moov: Buffer): TrackHeader {
  const top = requireBox(moov, { body: 0, end: moov.length }, ['moov']);
  const mdhd = requireBox(moov, top, ['trak', 'mdia', 'mdhd']);
  const trex = requireBox(moov, top, ['mvex', 'trex']);
  return {
    timescale: unitsPerSecond(moov, mdhd),
    mediaTime: readMediaTime(moov, findBox(moov, top, ['trak', 'edts', 'elst'])),
    defaults: {
      duration: moov.readUInt32BE(trex.body + 12),
      size: moov.readUInt32BE(trex.body + 16),
      flags: moov.readUInt32BE(trex.body + 20),
    },
  };
}

/** An empty edit (media time -1) delays the presentation; in fragments `tfdt` already says so. */
function readMediaTime(moov: Buffer, elst: Box | undefined): number {
  if (elst === undefined) return 0;
  return readEdits(moov, elst).find(({ mediaTime }) => mediaTime >= 0)?.mediaTime ?? 0;
}

/**
 * The init segment made of a `moov`, without what differs from chunk to chunk, so that every chunk
 * of a rendition fits one init segment. `reorderTicks` becomes the edit list (see
 * docs/decisions/0002-one-edit-list.md): 0 for sound, which has none.
 */
export function writeInitSegment(moov: Buffer, reorderTicks = 0): Buffer {
  const top = requireBox(moov, { body: 0, end: moov.length }, ['moov']);
  const brands = ['iso6', 'cmfc', 'mp41'].map((brand) => Buffer.from(brand, 'latin1'));
  return Buffer.concat([
    writeBox('ftyp', Buffer.from('iso6', 'latin1'), uint32(0), ...brands),
    copyBox(moov, top, reorderTicks === 0 ? undefined : writeEditList(reorderTicks)),
  ]);
}

/** One edit that starts at `mediaTime` and, as the movie is fragmented, has no length. */
function writeEditList(mediaTime: number): Buffer {
  const entry = uint32(1, 0, mediaTime, 0x10000);
  return writeBox('edts', writeFullBox('elst', 0, 0, entry));
}

/** `sdtp` is there where a picture of the chunk is needed by no other. */
const dropped = new Set(['edts', 'udta', 'btrt', 'sdtp']);

/** Boxes that hold nothing but boxes, as far as an init segment is concerned. */
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'mvex']);

function copyBox(bytes: Buffer, box: Box, edits: Buffer | undefined): Buffer {
  if (box.type === 'stsd') return copySampleDescription(bytes, box);
  if (!containers.has(box.type)) return bytes.subarray(box.start, box.end);
  const children = readBoxes(bytes, box.body, box.end)
    .filter((child) => !dropped.has(child.type))
    .flatMap((child) => {
      const copy = copyBox(bytes, child, edits);
      // ISO/IEC 14496-12, 8.6.5: `edts` stands in `trak`, by custom behind `tkhd`.
      return child.type === 'tkhd' && edits !== undefined ? [copy, edits] : [copy];
    });
  return writeBox(box.type, ...children);
}

/** Bytes of a sample entry before its boxes (ISO/IEC 14496-12, 8.5.2 and 12.1.3, 12.2.3). */
const entryFieldBytes: Readonly<Record<string, number>> = {
  avc1: 78,
  hvc1: 78,
  av01: 78,
  mp4a: 28,
};

function copySampleDescription(bytes: Buffer, stsd: Box): Buffer {
  const entries = readBoxes(bytes, stsd.body + 8, stsd.end).map((entry) => {
    const fields = entryFieldBytes[entry.type];
    if (fields === undefined) return bytes.subarray(entry.start, entry.end);
    const children = readBoxes(bytes, entry.body + fields, entry.end)
      .filter((child) => !dropped.has(child.type))
      .map((child) => bytes.subarray(child.start, child.end));
    return writeBox(entry.type, bytes.subarray(entry.body, entry.body + fields), ...children);
  });
  return writeBox('stsd', bytes.subarray(stsd.body, stsd.body + 8), ...entries);
}
