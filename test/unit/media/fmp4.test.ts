import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoxes, writeBox } from '../../../src/daemon/media/fmp4/boxes.js';
import { readFragment } from '../../../src/daemon/media/fmp4/fragment.js';
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { writeSegment } from '../../../src/daemon/media/fmp4/segment.js';
import { readStream } from '../../../src/daemon/media/fmp4/stream-reader.js';

const track = {
  timescale: 90_000,
  mediaTime: 0,
  defaults: { duration: 0, size: 0, flags: 0 },
} as const;

function sample(pts: number, bytes: readonly number[] = [pts % 256], isSync = false): Sample {
  return { pts, duration: 1, isSync, data: Uint8Array.from(bytes) };
}

function readBack(segment: Buffer, mediaTime = 0) {
  const [moof, mdat] = readBoxes(segment).map((box) => segment.subarray(box.start, box.end));
  return readFragment(moof as Buffer, mdat as Buffer, { ...track, mediaTime });
}

/** Times at least 2 ms apart in some decode order that starts with the earliest. */
const picture = fc
  .uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 })
  .map((times) => [0, ...times].map((time) => time * 180 + 4500));

describe('a media segment', () => {
  it('holds the samples at their times, whatever their decode order', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 0, max: 20_000 }), (times, reorderTicks) => {
        const samples = times.map((pts, index) => sample(pts, [index], index === 0));
        const end = Math.max(...times) + 3000;
        const read = readBack(writeSegment(1, samples, end, reorderTicks), reorderTicks);
        expect(read.map(({ pts, isSync, data }) => ({ pts, isSync, data: [...data] }))).toEqual(
          samples.map(({ pts, isSync, data }) => ({ pts, isSync, data: [...data] })),
        );
      }),
    );
  });

  it('lets no picture be shown before it is decoded', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 0, max: 20_000 }), (times, reorderTicks) => {
        const samples = times.map((pts) => sample(pts));
        const segment = writeSegment(1, samples, Math.max(...times) + 1, reorderTicks);
        // Read without the edit, a sample's time is its decode time + composition offset.
        const read = readBack(segment);
        let decodeTime = Math.min(...times);
        for (const { pts, duration } of read) {
          expect(pts).toBeGreaterThanOrEqual(decodeTime);
          decodeTime += duration;
        }
      }),
    );
  });

  it('may be of hours, with more samples than a call has arguments', () => {
    const samples = Array.from({ length: 300_000 }, (_, n) => sample(n));
    expect(readBack(writeSegment(1, samples, samples.length, 0))).toHaveLength(samples.length);
  });

  it('lasts exactly until the next segment when frames come regularly', () => {
    const order = [0, 3, 1, 2, 6, 4, 5].map((n) => n * 3750);
    const samples = order.map((pts) => sample(pts));
    const read = readBack(writeSegment(1, samples, 7 * 3750, 7500));
    expect(read.map(({ duration }) => duration)).toEqual(order.map(() => 3750));
  });

  it('refuses an end before its last sample, and no sample at all', () => {
    expect(() => writeSegment(1, [sample(5), sample(9)], 9)).toThrow(RangeError);
    expect(() => writeSegment(1, [], 9)).toThrow(RangeError);
  });
});

describe('a stream of fragments', () => {
  async function collect(bytes: Buffer, cuts: readonly number[]) {
    const edges = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b)];
    async function* pieces() {
      for (const [index, from] of edges.entries()) {
        yield await Promise.resolve(bytes.subarray(from, edges[index + 1] ?? bytes.length));
      }
    }
    const samples: number[] = [];
    for await (const part of readStream(pieces())) {
      if (part.kind === 'samples') samples.push(...part.samples.map(({ pts }) => pts));
    }
    return samples;
  }

  const moov = writeBox(
    'moov',
    writeBox('trak', writeBox('mdia', writeBox('mdhd', Buffer.alloc(24)))),
    writeBox('mvex', writeBox('trex', Buffer.alloc(24))),
  );
  const stream = Buffer.concat([
    writeBox('ftyp', Buffer.alloc(8)),
    moov,
    writeSegment(1, [sample(0), sample(9)], 18),
    writeSegment(2, [sample(18)], 27),
  ]);

  it('is read the same however the pipe cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 30 }), async (cuts) => {
        expect(await collect(stream, cuts)).toEqual([0, 9, 18]);
      }),
    );
  });

  it('is refused when it ends inside a fragment', async () => {
    await expect(collect(stream.subarray(0, -1), [])).rejects.toThrow(RangeError);
  });
});
