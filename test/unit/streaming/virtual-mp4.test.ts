import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findBox,
  readBoxes,
  uint32,
  uint64,
  writeBox,
  writeFullBox,
} from '../../../src/daemon/media/fmp4/boxes.js';
import { placedHead } from '../../../src/daemon/streaming/mp4/fragment-head.js';
import { mediaTimescale } from '../../../src/daemon/streaming/mp4/header.js';
import { piecesWithin, virtualMp4 } from '../../../src/daemon/streaming/mp4/virtual-mp4.js';
import { planOf } from './fixtures.js';

/** An init segment as far as this is concerned, in both widths of time. */
function initSegment(timescale: number, version: 0 | 1): Buffer {
  const time = version === 0 ? (n: number) => uint32(n) : uint64;
  const times = Buffer.concat([time(0), time(0)]);
  const mvhd = [times, uint32(1000), time(0), Buffer.alloc(76), uint32(2)];
  const tkhd = [times, uint32(1), uint32(0), time(0), Buffer.alloc(60)];
  const mdhd = [times, uint32(timescale), time(0), uint32(0)];
  const edits = writeBox('edts', writeFullBox('elst', 0, 0, uint32(1, 0, 7200, 0x10000)));
  return writeBox(
    'moov',
    writeFullBox('mvhd', version, 0, ...mvhd),
    writeBox(
      'trak',
      writeFullBox('tkhd', version, 3, ...tkhd),
      edits,
      writeBox('mdia', writeFullBox('mdhd', version, 0, ...mdhd)),
    ),
    writeBox('mvex', writeFullBox('trex', 0, 0, uint32(1, 1, 0, 0, 0))),
  );
}

const plan = planOf(0, 6, 12, 14.5);
const picture = { init: initSegment(90_000, 0), sizes: [1000, 2000, 300] };
const sound = { init: initSegment(48_000, 1), sizes: [100, 110, 50] };

describe('the layout of a virtual MP4', () => {
  const mp4 = virtualMp4([picture, sound], plan);
  const boxes = readBoxes(mp4.header);
  const [, moov, pictureIndex, soundIndex] = boxes;

  test('is a header with an index for each track, then the segments in turn', () => {
    expect(boxes.map(({ type }) => type)).toEqual(['ftyp', 'moov', 'sidx', 'sidx']);
    expect(mp4.pieces.map(({ track, segment }) => [track, segment])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(mp4.pieces[0]?.start).toBe(mp4.header.length);
    expect(mp4.sizeBytes).toBe(mp4.header.length + 3560);
    expect(mp4.pieces.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('says of every entry of an index where its segment begins, in the time of its track', () => {
    for (const [track, box, timescale] of [
      [0, pictureIndex, 90_000],
      [1, soundIndex, 48_000],
    ] as const) {
      const at = box?.body ?? 0;
      expect(mp4.header.readUInt32BE(at + 4)).toBe(track + 1);
      expect(mp4.header.readUInt32BE(at + 8)).toBe(timescale);
      expect(mp4.header.readUInt16BE(at + 30)).toBe(3);
      let start = (box?.end ?? 0) + Number(mp4.header.readBigUInt64BE(at + 20));
      const own = mp4.pieces.filter((piece) => piece.track === track);
      for (const [index, piece] of own.entries()) {
        expect(piece.start).toBe(start);
        start += mp4.header.readUInt32BE(at + 32 + index * 12);
        const seconds = mp4.header.readUInt32BE(at + 36 + index * 12) / timescale;
        expect(seconds).toBe([6, 6, 2.5][index]);
      }
      expect(start).toBe(mp4.sizeBytes);
    }
  });

  test('numbers its tracks, knows its duration and keeps edit lists and time scales', () => {
    const bytes = Buffer.from(mp4.header.subarray(moov?.start, moov?.end));
    const top = { body: 8, end: bytes.length };
    const traks = readBoxes(bytes, 8).filter(({ type }) => type === 'trak');
    expect(traks).toHaveLength(2);
    const [first, second] = traks.map((trak) => findBox(bytes, trak, ['tkhd'])?.body ?? 0);
    expect(bytes.readUInt32BE((first ?? 0) + 12)).toBe(1);
    expect(bytes.readUInt32BE((first ?? 0) + 20)).toBe(14_500);
    expect(bytes.readUInt32BE((second ?? 0) + 20)).toBe(2);
    expect(bytes.readBigUInt64BE((second ?? 0) + 28)).toBe(14_500n);
    const mvhd = findBox(bytes, top, ['mvhd']);
    expect(bytes.readUInt32BE((mvhd?.body ?? 0) + 16)).toBe(14_500);
    expect(bytes.readUInt32BE((mvhd?.end ?? 0) - 4)).toBe(3);
    const mvex = findBox(bytes, top, ['mvex']);
    const inside = mvex === undefined ? [] : readBoxes(bytes, mvex.body, mvex.end);
    expect(inside.map(({ type }) => type)).toEqual(['mehd', 'trex', 'trex']);
    expect(inside.slice(1).map(({ body }) => bytes.readUInt32BE(body + 4))).toEqual([1, 2]);
    expect(traks.map((trak) => findBox(bytes, trak, ['edts', 'elst']))).not.toContain(undefined);
    expect([picture, sound].map(({ init }) => mediaTimescale(init))).toEqual([90_000, 48_000]);
  });

  test('leaves the init segments as they were', () => {
    expect(sound.init.equals(initSegment(48_000, 1))).toBe(true);
  });

  test('works without sound and with sound that ends early', () => {
    expect(virtualMp4([picture], plan).pieces).toHaveLength(3);
    const short = virtualMp4([picture, { ...sound, sizes: [100] }], plan);
    expect(short.pieces.map(({ track }) => track)).toEqual([0, 1, 0, 0]);
  });

  test('finds exactly the pieces that hold bytes of a range', () => {
    const offsets = fc.nat({ max: mp4.sizeBytes + 10 });
    fc.assert(
      fc.property(offsets, offsets, (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];
        const overlapping = mp4.pieces.filter((p) => p.start < end && p.end > start);
        expect(piecesWithin(mp4, start, end)).toEqual(overlapping);
      }),
    );
  });
});

test('the head of a segment is renumbered and keeps its length', () => {
  const head = Buffer.concat([
    writeBox('styp', Buffer.from('msdh')),
    writeBox(
      'moof',
      writeFullBox('mfhd', 0, 0, uint32(9)),
      writeBox('traf', writeFullBox('tfhd', 0, 0x20000, uint32(1)), writeBox('tfdt', uint64(5))),
    ),
  ]);
  const before = Buffer.from(head);
  const placed = placedHead(head, { trackId: 2, sequence: 70_000 });
  expect(head.equals(before)).toBe(true);
  const changed = [...placed.keys()].filter((at) => placed[at] !== head[at]);
  const mfhd = placed.indexOf('mfhd') + 8;
  const tfhd = placed.indexOf('tfhd') + 8;
  expect(placed.readUInt32BE(mfhd)).toBe(70_000);
  expect(placed.readUInt32BE(tfhd)).toBe(2);
  expect(placed).toHaveLength(head.length);
  expect(changed.every((at) => (at >= mfhd && at < mfhd + 4) || at === tfhd + 3)).toBe(true);
});

test('a head without a whole moof is refused', () => {
  expect(() => placedHead(writeBox('mdat'), { trackId: 1, sequence: 1 })).toThrow(RangeError);
});
