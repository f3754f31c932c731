import { findBox, readBoxes, readBoxHeader, requireBox, type Box } from '../fmp4/boxes.js';
import type { ReadBytes } from './bytes.js';
import { sampleTable, type SampleTable } from './sample-table.js';

/** A feature film has 2 MB of it. */
const mostHeaderBytes = 64 * 1024 * 1024;
/** Boxes before the one that is looked for. */
const mostBoxes = 1000;

/**
 * The table of the track with this id; undefined where there is none that counts for all of the track:
 * in fragments, with an edit list that leaves something out, with several sample descriptions. Throws
 * RangeError where it is broken.
 */
export async function readMp4Samples(
  read: ReadBytes,
  sizeBytes: number,
  trackId: number,
): Promise<SampleTable | undefined> {
  const header = await readMovie(read, sizeBytes);
  if (header === undefined) return undefined;
  const boxes = readBoxes(header);
  if (boxes.some(({ type }) => type === 'mvex')) return undefined;
  const track = boxes.find(
    (box) => box.type === 'trak' && idOf(header, requireBox(header, box, ['tkhd'])) === trackId,
  );
  if (track === undefined || !isShownWhole(header, track)) return undefined;
  return sampleTable(header, track);
}

/** The body of the `moov` box, wherever in the file it lies. */
async function readMovie(read: ReadBytes, sizeBytes: number): Promise<Buffer | undefined> {
  let at = 0;
  for (let boxes = 0; at < sizeBytes && boxes < mostBoxes; boxes += 1) {
    const box = readBoxHeader(await read(at, 16), 0);
    if (box === undefined) return undefined;
    if (box.type === 'moof') return undefined;
    if (box.type === 'moov') {
      const length = box.end - box.body;
      if (length > mostHeaderBytes) return undefined;
      const bytes = await read(at + box.body, length);
      return bytes.length === length ? bytes : undefined;
    }
    at += box.end;
  }
  return undefined;
}

function idOf(bytes: Buffer, header: Box): number {
  return bytes.readUInt32BE(header.body + (bytes[header.body] === 1 ? 20 : 12));
}

/** At most an empty edit that delays the track, then all of it. Where it begins is found out otherwise. */
function isShownWhole(bytes: Buffer, track: Box): boolean {
  const list = findBox(bytes, track, ['edts', 'elst']);
  if (list === undefined) return true;
  const isLong = bytes[list.body] === 1;
  const mediaTime = (entry: number): number => {
    const at = list.body + 8 + entry * (isLong ? 20 : 12);
    return isLong ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4);
  };
  const entries = bytes.readUInt32BE(list.body + 4);
  return entries === 1 || (entries === 2 && mediaTime(0) === -1 && mediaTime(1) >= 0);
}
