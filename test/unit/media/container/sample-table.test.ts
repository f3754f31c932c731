import { describe, expect, test } from 'vitest';
import {
  readMp4Samples,
  readPictureSamples,
} from '../../../../src/daemon/media/container/mp4-samples.js';
import { uint32, writeBox, writeFullBox } from '../../../../src/daemon/media/fmp4/boxes.js';

const full = (type: string, ...numbers: readonly number[]) =>
  writeFullBox(type, 0, 0, uint32(...numbers));

interface Parts {
  readonly sizes?: Buffer;
  readonly edits?: readonly Buffer[];
  readonly sync?: readonly Buffer[];
  readonly chunks?: Buffer;
  readonly more?: readonly Buffer[];
  readonly before?: readonly Buffer[];
}

/** Four samples in chunks of three and one, the last shown at 300 of 2400 units a second. */
function movie(parts: Parts = {}): Buffer {
  const stbl = writeBox(
    'stbl',
    full('stsd', 1, 0, 0),
    full('stts', 2, 3, 100, 1, 50),
    full('ctts', 3, 1, 100, 1, 200, 2, 0),
    full('stsc', 2, 1, 3, 1, 2, 1, 1),
    parts.sizes ?? full('stsz', 0, 4, 10, 20, 30, 40),
    parts.chunks ?? full('stco', 2, 1000, 5000),
    ...(parts.sync ?? [full('stss', 2, 1, 4)]),
  );
  const track = writeBox(
    'trak',
    full('tkhd', 0, 0, 7, 0),
    ...(parts.edits ?? []),
    writeBox('mdia', full('mdhd', 0, 0, 2400, 350), writeBox('minf', stbl)),
  );
  const other = writeBox('trak', full('tkhd', 0, 0, 8, 0));
  const moov = writeBox('moov', full('mvhd', 0, 0, 1000, 146), other, track, ...(parts.more ?? []));
  const before = parts.before ?? [writeBox('ftyp', Buffer.from('isom'))];
  return Buffer.concat([...before, writeBox('mdat', Buffer.alloc(3)), moov]);
}

function read(file: Buffer, trackId = 7) {
  const bytes = (at: number, length: number) => Promise.resolve(file.subarray(at, at + length));
  return readMp4Samples(bytes, file.length, trackId);
}

const edit = (...entries: readonly (readonly [duration: number, mediaTime: number])[]) =>
  writeBox(
    'edts',
    full('elst', entries.length, ...entries.flatMap(([d, t]) => [d, t >>> 0, 0x10000])),
  );

describe('the samples of an MP4', () => {
  test('have their place, time and size', async () => {
    expect(await read(movie())).toEqual({
      unitsPerSecond: 2400,
      samples: [
        { pts: 100, duration: 100, offset: 1000, sizeBytes: 10, isKey: true },
        { pts: 300, duration: 100, offset: 1010, sizeBytes: 20, isKey: false },
        { pts: 200, duration: 100, offset: 1030, sizeBytes: 30, isKey: false },
        { pts: 300, duration: 50, offset: 5000, sizeBytes: 40, isKey: true },
      ],
    });
  });

  test('are all keys where none is named', async () => {
    const table = await read(movie({ sync: [] }));
    expect(table?.samples.map(({ isKey }) => isKey)).toEqual([true, true, true, true]);
  });

  test('may be of one size, and lie beyond 4 GiB', async () => {
    const far = writeFullBox('co64', 0, 0, uint32(2, 1, 0, 2, 0));
    const table = await read(movie({ sizes: full('stsz', 5, 4), chunks: far }));
    expect(table?.samples.map(({ offset }) => offset)).toEqual([
      0x100000000, 0x100000005, 0x10000000a, 0x200000000,
    ]);
  });

  test.each([
    ['one edit', [edit([84, 100])]],
    ['a delay before it', [edit([99, -1], [84, 100])]],
  ])('count with %s', async (_, edits) => {
    expect((await read(movie({ edits })))?.samples).toHaveLength(4);
  });
});

test('what an edit list leaves out at the end is marked', async () => {
  const table = await read(movie({ edits: [edit([83, 100])] }));
  expect(table?.samples.map(({ isHidden = false }) => isHidden)).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test('of several tracks that with the most pictures is read', async () => {
  const track = (id: number, handler: string, count: number) => {
    const one = full('stsz', 10, count);
    const stbl = writeBox(
      'stbl',
      full('stsd', 1, 0, 0),
      full('stts', 1, count, 1),
      full('stsc', 1, 1, count, 1),
      one,
      full('stco', 1, id * 1000),
    );
    const media = [full('mdhd', 0, 0, 25, count), handlerOf(handler), writeBox('minf', stbl)];
    return writeBox('trak', full('tkhd', 0, 0, id, 0), writeBox('mdia', ...media));
  };
  const handlerOf = (name: string) =>
    writeFullBox('hdlr', 0, 0, Buffer.concat([uint32(0), Buffer.from(name)]));
  const tracks = [track(1, 'vide', 1), track(2, 'soun', 9), track(3, 'vide', 4)];
  const file = writeBox('moov', full('mvhd', 0, 0, 1000, 146), ...tracks);
  const bytes = (at: number, length: number) => Promise.resolve(file.subarray(at, at + length));
  const found = await readPictureSamples(bytes, file.length);
  expect(found?.trackId).toBe(3);
  expect(found?.table?.samples.map(({ offset }) => offset)).toEqual([3000, 3010, 3020, 3030]);
});

describe('a table is not relied on', () => {
  test.each<[string, Parts]>([
    ['with edits that leave something out', { edits: [edit([100, 0], [100, 200])] }],
    ['with no edit at all', { edits: [edit()] }],
    ['beside fragments', { more: [writeBox('mvex')] }],
    ['with more samples than ten hours have', { sizes: full('stsz', 1, 0x7fffffff) }],
    ['behind a fragment', { before: [writeBox('moof')] }],
  ])('%s', async (_, parts) => {
    expect(await read(movie(parts))).toBeUndefined();
  });

  test('of another track, or of a file without one', async () => {
    expect(await read(movie(), 9)).toBeUndefined();
    expect(await read(writeBox('mdat', Buffer.alloc(9)))).toBeUndefined();
  });

  test.each<[string, Parts]>([
    ['fewer sizes than it says', { sizes: full('stsz', 0, 4000, 10) }],
    ['fewer chunks than samples', { chunks: full('stco', 1, 1000) }],
    ['more sync samples than bytes', { sync: [full('stss', 0xfffffff0, 1)] }],
  ])('that has %s: a RangeError', async (_, parts) => {
    await expect(read(movie(parts))).rejects.toThrow(RangeError);
  });
});
