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
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { writeSegment } from '../../../src/daemon/media/fmp4/segment.js';
import {
  fragmentBytes,
  fragmentHead,
  sampleRange,
} from '../../../src/daemon/streaming/mp4/fragment-head.js';
import { mediaTimescale } from '../../../src/daemon/streaming/mp4/header.js';
import { fragmentsWithin, virtualMp4 } from '../../../src/daemon/streaming/mp4/virtual-mp4.js';
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

const partsOf = (...sizes: number[]) => sizes.map((sizeBytes, track) => ({ track, sizeBytes }));
const plan = planOf(0, 6, 12, 14.5);
const picture = { init: initSegment(90_000, 0), sizes: [1000, 2000, 300] };
const sound = { init: initSegment(48_000, 1), sizes: [100, 110, 50] };

describe('the layout of a virtual MP4', () => {
  const mp4 = virtualMp4([picture, sound], plan);
  const boxes = readBoxes(mp4.header);
  const [, moov, pictureIndex, soundIndex] = boxes;

  test('is a header with an index for each track, then the segments of a number in one fragment', () => {
    expect(boxes.map(({ type }) => type)).toEqual(['ftyp', 'moov', 'sidx', 'sidx']);
    expect(mp4.fragments.map(({ segment, parts }) => [segment, parts])).toEqual([
      [0, partsOf(1000, 100)],
      [1, partsOf(2000, 110)],
      [2, partsOf(300, 50)],
    ]);
    expect(mp4.fragments[0]?.start).toBe(mp4.header.length);
    // Of two segments one moof, one mfhd and one mdat header are left.
    expect(mp4.sizeBytes).toBe(mp4.header.length + 3560 - 3 * 32);
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
      for (const [index, fragment] of mp4.fragments.entries()) {
        expect(fragment.start).toBe(start);
        start += mp4.header.readUInt32BE(at + 32 + index * 12);
        const seconds = mp4.header.readUInt32BE(at + 36 + index * 12) / timescale;
        expect(seconds).toBe([6, 6, 2.5][index]);
      }
      expect(start).toBe(mp4.sizeBytes);
    }
  });

  test('has sound begin in its index as much earlier as a picture is decoded before its time', () => {
    const lead = 7200;
    const { header } = virtualMp4([{ ...picture, leadTicks: lead }, sound], plan);
    const durationsOf = (index: number, timescale: number) => {
      const at = readBoxes(header)[index]?.body ?? 0;
      return [0, 1, 2].map((n) => header.readUInt32BE(at + 36 + n * 12) / timescale);
    };
    expect(durationsOf(2, 90_000)).toEqual([6, 6, 2.5]);
    expect(durationsOf(3, 48_000)).toEqual([5.92, 6, 2.58]);
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
    const alone = virtualMp4([picture], plan);
    expect(alone.sizeBytes).toBe(alone.header.length + 3300);
    const short = virtualMp4([picture, { ...sound, sizes: [100] }], plan);
    expect(short.fragments.map(({ parts }) => parts.length)).toEqual([2, 1, 1]);
    const index = readBoxes(short.header).at(-1)?.body ?? 0;
    expect(short.header.readUInt16BE(index + 30)).toBe(1);
  });

  test('finds exactly the fragments that hold bytes of a range', () => {
    const offsets = fc.nat({ max: mp4.sizeBytes + 10 });
    fc.assert(
      fc.property(offsets, offsets, (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];
        const overlapping = mp4.fragments.filter((each) => each.start < end && each.end > start);
        expect(fragmentsWithin(mp4, start, end)).toEqual(overlapping);
      }),
    );
  });
});

describe('segments of several tracks as one fragment', () => {
  const samplesOf = (times: readonly number[], text: string): Sample[] =>
    times.map((pts, index) => ({
      ...{ pts, duration: 100, isSync: index === 0 },
      data: Buffer.from(`${text}${index}`),
    }));
  const segments = [
    { samples: samplesOf([0, 100, 200], 'picture '), end: 300 },
    { samples: samplesOf([0, 150], 'a longer piece of sound '), end: 300 },
  ].map(({ samples, end }) => writeSegment(9, samples, end));
  const parts = segments.map((segment, index) => {
    const [moof] = readBoxes(segment);
    const head = segment.subarray(0, moof?.end);
    return { trackId: index + 1, head, sizeBytes: segment.length };
  });

  test('are all samples of each behind a head that says where they are', () => {
    const before = parts.map(({ head }) => Buffer.from(head));
    const head = fragmentHead(parts, 70_000);
    const data = segments.map((segment, index) =>
      segment.subarray(...sampleRange(parts[index] ?? parts[0]!)),
    );
    const fragment = Buffer.concat([head, ...data]);
    expect(fragment).toHaveLength(fragmentBytes(segments.map(({ length }) => length)));
    const [moof, mdat] = readBoxes(fragment);
    expect([moof?.type, mdat?.type, mdat?.end]).toEqual(['moof', 'mdat', fragment.length]);
    const [mfhd, ...trafs] = readBoxes(fragment, moof?.body, moof?.end);
    expect(fragment.readUInt32BE((mfhd?.body ?? 0) + 4)).toBe(70_000);
    expect(trafs).toHaveLength(2);
    for (const [index, traf] of trafs.entries()) {
      const tfhd = findBox(fragment, traf, ['tfhd'])?.body ?? 0;
      expect(fragment.readUInt32BE(tfhd + 4)).toBe(index + 1);
      const trun = findBox(fragment, traf, ['trun'])?.body ?? 0;
      const at = (moof?.start ?? 0) + fragment.readInt32BE(trun + 8);
      const own = data[index] ?? Buffer.alloc(0);
      expect(fragment.toString('latin1', at, at + own.length)).toBe(own.toString('latin1'));
    }
    expect(parts.map(({ head: own }) => own)).toEqual(before);
  });

  test('one alone is what it was, but for its number', () => {
    const [part] = parts;
    if (part === undefined) throw new Error('no segment');
    const head = fragmentHead([part], 9);
    expect(head.equals(segments[0]?.subarray(0, head.length) ?? Buffer.alloc(0))).toBe(true);
  });

  test('are refused where they are built in another way', () => {
    const refused = (head: Buffer) =>
      expect(() => fragmentHead([{ trackId: 1, head, sizeBytes: 100 }], 1)).toThrow(RangeError);
    refused(writeBox('mdat'));
    const [part] = parts;
    refused(Buffer.concat([writeBox('styp'), part?.head ?? Buffer.alloc(0)]));
    const unsaid = Buffer.from(part?.head ?? []);
    const flags = unsaid.indexOf('trun') + 4;
    unsaid.writeUInt32BE(unsaid.readUInt32BE(flags) & ~1, flags);
    refused(unsaid);
  });
});
