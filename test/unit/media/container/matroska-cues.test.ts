import { describe, expect, test } from 'vitest';
import type { ReadBytes } from '../../../../src/daemon/media/container/bytes.js';
import { readMatroskaCues } from '../../../../src/daemon/media/container/matroska-cues.js';
import { block, element, matroska, number, simpleBlock, type File } from './matroska.js';

const bytesOf =
  (file: Buffer): ReadBytes =>
  (at, length) =>
    Promise.resolve(file.subarray(at, at + length));

const picture = (relativeTime: number, text: string, flags = 0x80) =>
  simpleBlock({ track: 1, relativeTime, data: Buffer.from(text), flags });
const sound = (relativeTime: number) =>
  simpleBlock({ track: 2, relativeTime, data: Buffer.from('sound') });

const plain: File = {
  tracks: [
    { number: 1, type: 1 },
    { number: 2, type: 2 },
  ],
  clusters: [
    { time: 0, blocks: [sound(0), picture(40, 'first'), picture(80, 'second')] },
    { time: 5000, blocks: [picture(40, 'third!'), sound(50)] },
  ],
  cues: [
    { time: 40, track: 1, cluster: 0, block: 1 },
    { time: 5040, track: 1, cluster: 1, block: 0 },
  ],
};

async function cuesOf(file: File) {
  const bytes = matroska(file);
  const cues = await readMatroskaCues(bytesOf(bytes));
  return cues?.map(({ milliseconds, offset, sizeBytes }) => [
    milliseconds,
    bytes.toString('latin1', offset, offset + sizeBytes),
  ]);
}

describe('the cues of a Matroska file', () => {
  const found = [
    [40, 'first'],
    [5040, 'third!'],
  ];

  test('name frames by time and place', async () => {
    expect(await cuesOf(plain)).toEqual(found);
  });

  test('that do not say where in a cluster are looked for there', async () => {
    const cues = plain.cues.map(({ time, track, cluster }) => ({ time, track, cluster }));
    expect(await cuesOf({ ...plain, cues })).toEqual(found);
  });

  test('of blocks in groups are found, too', async () => {
    const inGroup = block({ track: 1, relativeTime: 40, data: Buffer.from('grouped') });
    const group = element(0xa0, element(0xa1, inGroup), element(0x9b, number(40)));
    const file = {
      ...plain,
      clusters: [{ time: 0, blocks: [group] }],
      cues: [{ time: 40, track: 1, cluster: 0, block: 0 }],
    };
    expect(await cuesOf(file)).toEqual([[40, 'grouped']]);
  });

  test('come in the order of their times, however they are written', async () => {
    expect(await cuesOf({ ...plain, cues: plain.cues.toReversed() })).toEqual(found);
  });

  test('are read in one look each, with what their frames begin with', async () => {
    const bytes = matroska(plain);
    const reads: number[] = [];
    const read: ReadBytes = (at, length) => {
      reads.push(at);
      return bytesOf(bytes)(at, length);
    };
    const cues = await readMatroskaCues(read);
    expect(cues?.map(({ beginning }) => beginning?.toString('latin1'))).toEqual([
      'first',
      'third!',
    ]);
    const [firstOffset = 0] = cues?.map(({ offset }) => offset) ?? [];
    const clusterAt = bytes.lastIndexOf(Buffer.from('1f43b675', 'hex'), firstOffset);
    // The last of the head's own reads finds that the clusters begin.
    expect(reads.filter((at) => at === clusterAt)).toHaveLength(2);
    expect(reads.filter((at) => at > clusterAt && at < bytes.indexOf('third!'))).toHaveLength(1);
  });

  test('of other tracks are left out', async () => {
    const cues = [{ time: 0, track: 2, cluster: 0, block: 0 }, ...plain.cues];
    expect(await cuesOf({ ...plain, cues })).toEqual(found);
  });
});

describe('what leads a cued frame', () => {
  const key = picture(200, 'key');
  const b = (relativeTime: number) => picture(relativeTime, 'b', 0);
  const leadingOf = async (...blocks: readonly Buffer[][]) => {
    const clusters = blocks.map((each, n) => ({ time: n * 1000, blocks: each }));
    clusters.push({ time: 9000, blocks: [picture(0, 'last'), b(-40)] });
    const cues = [
      { time: 200, track: 1, cluster: 0, block: 0 },
      { time: 9000, track: 1, cluster: blocks.length, block: 0 },
    ];
    const cued = await readMatroskaCues(bytesOf(matroska({ ...plain, clusters, cues })), true);
    return cued?.map(({ leading }) => leading);
  };

  test('is what follows it up to the first that is shown after it, sound left aside', async () => {
    const blocks = [key, sound(0), b(160), sound(30), b(120), sound(60), b(280), b(180)];
    expect(await leadingOf(blocks)).toEqual([[160, 120], []]);
  });

  test('goes on in the next cluster', async () => {
    expect(await leadingOf([key], [b(-840), b(40)])).toEqual([[160], []]);
  });

  test('is nothing where nobody asks', async () => {
    const cued = await readMatroskaCues(bytesOf(matroska(plain)));
    expect(cued?.map(({ leading }) => leading)).toEqual([[], []]);
  });

  test('cannot be told where the file is broken after it', async () => {
    const groupOfNothing = element(0xa0, element(0x9b, number(40)));
    for (const broken of [Buffer.alloc(8), groupOfNothing, element(0x1f43b675)]) {
      await expect(leadingOf([key, broken, b(160)])).rejects.toThrow(RangeError);
    }
  });

  test('is not looked for without end', async () => {
    const much = Array.from({ length: 1000 }, () => sound(0));
    await expect(leadingOf([key, ...much, b(160)])).rejects.toThrow(RangeError);
    const many = Array.from({ length: 17 }, (_, n) => b(n));
    await expect(leadingOf([key, ...many])).rejects.toThrow(RangeError);
  });
});

describe('an index is not relied on', () => {
  const cueOf = (cue: Partial<File['cues'][number]>): File => ({
    ...plain,
    cues: [{ time: 40, track: 1, cluster: 0, block: 1, ...cue }],
  });

  test.each<[string, File]>([
    ['when a cue names another time', cueOf({ time: 41 })],
    ['when a cue names a block of another track', cueOf({ time: 0, block: 0 })],
    [
      'with several picture tracks',
      { ...plain, tracks: [...plain.tracks, { number: 3, type: 1 }] },
    ],
    ['with another clock', { ...plain, nanosecondsPerUnit: 1000 }],
    [
      'with frames that are stripped or compressed',
      { ...plain, tracks: [{ number: 1, type: 1, more: element(0x6d80, Buffer.from([1])) }] },
    ],
    [
      'when frames share a block',
      { ...cueOf({}), clusters: [{ time: 0, blocks: [sound(0), picture(40, 'laced', 0x86)] }] },
    ],
  ])('%s', async (_, file) => {
    expect(await cuesOf(file)).toBeUndefined();
  });

  test('that lies past the end of a file that was cut off', async () => {
    const bytes = matroska(plain);
    const cut = bytes.subarray(0, bytes.length - 30);
    expect(await readMatroskaCues(bytesOf(cut))).toBeUndefined();
    expect(await readMatroskaCues(bytesOf(bytes.subarray(0, 300)))).toBeUndefined();
  });

  test('with more cues than anybody has, or none', async () => {
    const cue = plain.cues[0] ?? { time: 0, track: 1, cluster: 0 };
    expect(
      await cuesOf({ ...plain, cues: Array.from({ length: 36_001 }, () => cue) }),
    ).toBeUndefined();
    expect(await cuesOf({ ...plain, cues: [] })).toBeUndefined();
  });

  test('of a file with another one behind it', async () => {
    const [one, other] = [matroska(plain), matroska(plain)];
    expect(await readMatroskaCues(bytesOf(Buffer.concat([one, other])))).toBeUndefined();
    const padded = Buffer.concat([one, Buffer.alloc(100)]);
    expect(await readMatroskaCues(bytesOf(padded))).toHaveLength(2);
  });

  test('in what is no Matroska file', async () => {
    expect(await readMatroskaCues(bytesOf(Buffer.alloc(100)))).toBeUndefined();
  });
});
