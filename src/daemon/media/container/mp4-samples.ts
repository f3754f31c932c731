import { readBoxes, readBoxHeader, requireBox, type Box } from '../fmp4/boxes.js';
import { unitsPerSecond } from '../fmp4/timing.js';
import type { ReadBytes } from './bytes.js';
import { isShownToItsEnd } from './edit-list.js';
import { sampleTable, type SampleTable } from './sample-table.js';

/** A feature film has 2 MB of it. */
const mostHeaderBytes = 64 * 1024 * 1024;
/** Boxes before the one that is looked for. */
const mostBoxes = 1000;

/**
 * The table of the track with this id; undefined where there is none that counts for all of the track:
 * in fragments, with an edit list that leaves out its end, with several sample descriptions. Throws
 * RangeError where it is broken.
 */
export async function readMp4Samples(
  read: ReadBytes,
  sizeBytes: number,
  trackId: number,
): Promise<SampleTable | undefined> {
  const found = await readTrack(read, sizeBytes, trackId);
  return found?.isShownToItsEnd === true ? found.table : undefined;
}

/** How many samples a track has, shown or not, and how many of them the file is long enough for. */
export async function countMp4Samples(
  read: ReadBytes,
  sizeBytes: number,
  trackId: number,
): Promise<{ readonly all: number; readonly there: number } | undefined> {
  const samples = (await readTrack(read, sizeBytes, trackId))?.table.samples;
  const there = samples?.filter((sample) => sample.offset + sample.sizeBytes <= sizeBytes);
  return there && { all: samples?.length ?? 0, there: there.length };
}

async function readTrack(read: ReadBytes, sizeBytes: number, trackId: number) {
  const header = await readMovie(read, sizeBytes);
  if (header === undefined) return undefined;
  const boxes = readBoxes(header);
  if (boxes.some(({ type }) => type === 'mvex')) return undefined;
  const track = boxes.find(
    (box) => box.type === 'trak' && idOf(header, requireBox(header, box, ['tkhd'])) === trackId,
  );
  if (track === undefined) return undefined;
  const table = sampleTable(header, track);
  const movie = boxes.find(({ type }) => type === 'mvhd');
  if (table === undefined || movie === undefined) return undefined;
  const movieUnits = unitsPerSecond(header, movie);
  return { table, isShownToItsEnd: isShownToItsEnd(header, track, table, movieUnits) };
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
