import type { Chapter } from '../../../shared/chapters.js';
import { ticksPerSecond } from '../../../shared/time.js';
import {
  readBoxes,
  requireBox,
  uint32,
  uint64,
  writeBox,
  writeFullBox,
  type Box,
} from '../../media/fmp4/boxes.js';
import { unitsPerSecond } from '../../media/fmp4/timing.js';
import { chapterBox } from './chapter-box.js';
import { labelledMedia, labelTrackHeader, type TrackLabel } from './track-label.js';

export interface HeaderTrack {
  /** Of a fragmented file with this track alone. */
  readonly init: Buffer;
  /** Absent: the track says of itself what the init segment says. */
  readonly label?: TrackLabel;
}

/**
 * One `ftyp` and `moov` for several tracks, from the init segments of single-track fragmented files:
 * track n gets the id n + 1. Time scales and edit lists stay as they are. `durationTicks` is the whole
 * presentation. Throws RangeError when an init segment is not one.
 */
export function mp4Header(
  tracks: readonly HeaderTrack[],
  durationTicks: number,
  chapters: readonly Chapter[] = [],
): Buffer {
  const first = tracks[0]?.init;
  if (first === undefined) throw new RangeError('an MP4 needs a track');
  const mvhd = copyOf(first, requireBox(first, moovOf(first), ['mvhd']));
  const timescale = mvhd.readUInt32BE(isLong(mvhd) ? 28 : 20);
  const duration = Math.round((durationTicks * timescale) / ticksPerSecond);
  writeNumber(mvhd, isLong(mvhd) ? 32 : 24, duration);
  mvhd.writeUInt32BE(tracks.length + 1, mvhd.length - 4); // next_track_ID
  const mehd = writeFullBox('mehd', 1, 0, uint64(duration));
  const traks = tracks.map((track, index) => trackBox(track, index + 1, duration));
  const trexes = tracks.map(({ init }, index) => fragmentDefaults(init, index + 1));
  const named = chapters.length === 0 ? [] : [chapterBox(chapters)];
  return Buffer.concat([
    fileType(),
    writeBox('moov', mvhd, ...traks, writeBox('mvex', mehd, ...trexes), ...named),
  ]);
}

/** Ticks per second of the track that an init segment describes. */
export function mediaTimescale(init: Buffer): number {
  return unitsPerSecond(init, requireBox(init, moovOf(init), ['trak', 'mdia', 'mdhd']));
}

/** `default-base-is-moof` belongs to brand iso5, version 1 of `trun` to iso6. */
function fileType(): Buffer {
  return writeBox('ftyp', Buffer.from('iso6'), uint32(0), Buffer.from('iso6mp42isom'));
}

function trackBox({ init, label }: HeaderTrack, trackId: number, duration: number) {
  const trak = requireBox(init, moovOf(init), ['trak']);
  const children = readBoxes(init, trak.body, trak.end).map((child) => copyOf(init, child));
  const [tkhd, ...others] = children;
  if (tkhd?.toString('latin1', 4, 8) !== 'tkhd') throw new RangeError('a track without tkhd first');
  tkhd.writeUInt32BE(trackId, isLong(tkhd) ? 28 : 20);
  writeNumber(tkhd, isLong(tkhd) ? 36 : 28, duration);
  if (label === undefined) return writeBox('trak', tkhd, ...others);
  labelTrackHeader(tkhd, label);
  const labelled = others.map((box) =>
    box.toString('latin1', 4, 8) === 'mdia' ? labelledMedia(box, label) : box,
  );
  return writeBox('trak', tkhd, ...labelled);
}

function fragmentDefaults(init: Buffer, trackId: number): Buffer {
  const trex = copyOf(init, requireBox(init, moovOf(init), ['mvex', 'trex']));
  trex.writeUInt32BE(trackId, 12);
  return trex;
}

function moovOf(init: Buffer): Box {
  return requireBox(init, { body: 0, end: init.length }, ['moov']);
}

/** Own bytes: the init segment itself must not be written to. */
function copyOf(bytes: Buffer, box: Box): Buffer {
  return Buffer.from(bytes.subarray(box.start, box.end));
}

/** Version 1 of a full box has 64-bit times. Offsets in this file count from the box's first byte. */
function isLong(fullBox: Buffer): boolean {
  return fullBox[8] === 1;
}

function writeNumber(fullBox: Buffer, offset: number, value: number): void {
  if (isLong(fullBox)) fullBox.writeBigUInt64BE(BigInt(value), offset);
  else fullBox.writeUInt32BE(value, offset);
}
