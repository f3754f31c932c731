import { readBoxes, requireBox, type Box } from '../fmp4/boxes.js';
import { unitsPerSecond } from '../fmp4/timing.js';
import type { ReadBytes } from './bytes.js';
import { withEditList } from './edit-list.js';
import { readMovie } from './mp4-movie.js';
import { sampleTable, type SampleTable } from './sample-table.js';

/**
 * The table of the track with this id; undefined where there is none that counts for all of the track:
 * in fragments, with an edit list of several stretches, with several sample descriptions. Throws
 * RangeError where it is broken.
 */
export async function readMp4Samples(
  read: ReadBytes,
  sizeBytes: number,
  trackId: number,
): Promise<SampleTable | undefined> {
  const found = await readTrack(read, sizeBytes, trackId);
  if (found === undefined) return undefined;
  const { header, track, table, movieUnits } = found;
  return withEditList(header, track, table, movieUnits);
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
  return { header, track, table, movieUnits };
}

function idOf(bytes: Buffer, header: Box): number {
  return bytes.readUInt32BE(header.body + (bytes[header.body] === 1 ? 20 : 12));
}
