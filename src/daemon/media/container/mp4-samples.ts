import { findBox, readBoxes, requireBox, type Box } from '../fmp4/boxes.js';
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
  const found = await readTrack(read, sizeBytes, withId(trackId));
  return found && editedTable(found);
}

export interface PictureSamples {
  readonly trackId: number;
  /** As of readMp4Samples. */
  readonly table: SampleTable | undefined;
}

/** The same of the track of pictures that has the most. */
export async function readPictureSamples(
  read: ReadBytes,
  sizeBytes: number,
): Promise<PictureSamples | undefined> {
  const found = await readTrack(read, sizeBytes, longestPicture);
  return found && { trackId: idOf(found.header, found.track), table: editedTable(found) };
}

/** How many samples a track has, shown or not, and how many of them the file is long enough for. */
export async function countMp4Samples(
  read: ReadBytes,
  sizeBytes: number,
  trackId: number,
): Promise<{ readonly all: number; readonly there: number } | undefined> {
  const samples = (await readTrack(read, sizeBytes, withId(trackId)))?.table.samples;
  const there = samples?.filter((sample) => sample.offset + sample.sizeBytes <= sizeBytes);
  return there && { all: samples?.length ?? 0, there: there.length };
}

type PickTrack = (header: Buffer, tracks: readonly Box[]) => Box | undefined;

interface Track {
  readonly header: Buffer;
  readonly track: Box;
  readonly table: SampleTable;
  readonly movieUnits: number;
}

async function readTrack(
  read: ReadBytes,
  sizeBytes: number,
  pick: PickTrack,
): Promise<Track | undefined> {
  const header = await readMovie(read, sizeBytes);
  if (header === undefined) return undefined;
  const boxes = readBoxes(header);
  if (boxes.some(({ type }) => type === 'mvex')) return undefined;
  const tracks = boxes.filter(({ type }) => type === 'trak');
  const track = pick(header, tracks);
  if (track === undefined) return undefined;
  const table = sampleTable(header, track);
  const movie = boxes.find(({ type }) => type === 'mvhd');
  if (table === undefined || movie === undefined) return undefined;
  const movieUnits = unitsPerSecond(header, movie);
  return { header, track, table, movieUnits };
}

function editedTable({ header, track, table, movieUnits }: Track): SampleTable | undefined {
  return withEditList(header, track, table, movieUnits);
}

function withId(trackId: number): PickTrack {
  return (bytes, tracks) => tracks.find((track) => idOf(bytes, track) === trackId);
}

function idOf(bytes: Buffer, track: Box): number {
  const header = requireBox(bytes, track, ['tkhd']);
  return bytes.readUInt32BE(header.body + (bytes[header.body] === 1 ? 20 : 12));
}

/** A track of chapters or a cover has a few. */
const longestPicture: PickTrack = (bytes, tracks) => {
  const samplesOf = (track: Box) => {
    const sizes = findBox(bytes, track, ['mdia', 'minf', 'stbl', 'stsz']);
    return sizes === undefined ? 0 : bytes.readUInt32BE(sizes.body + 8);
  };
  return tracks
    .filter((track) => {
      const handler = findBox(bytes, track, ['mdia', 'hdlr'])?.body ?? 0;
      return bytes.toString('latin1', handler + 8, handler + 12) === 'vide';
    })
    .toSorted((a, b) => samplesOf(b) - samplesOf(a))[0];
};
