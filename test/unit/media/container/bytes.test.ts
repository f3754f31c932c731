import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtEach, withBytes } from '../../../../src/daemon/media/container/bytes.js';
import { readBoxes, writeBox } from '../../../../src/daemon/media/fmp4/boxes.js';

let directory: string;
let path: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-bytes-'));
  path = join(directory, 'file');
  await writeFile(path, 'abcdefghij');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('parts of a file', () => {
  test('are its bytes, fewer at its end', async () => {
    const parts = await withBytes(path, (read) => Promise.all([read(2, 3), read(8, 5)]));
    expect(parts.map(String)).toEqual(['cde', 'ij']);
  });

  test.each([Infinity, Number.NaN, -1, 2 ** 53])('lie nowhere at %d', async (at) => {
    await expect(withBytes(path, (read) => read(at, 1))).rejects.toThrow(RangeError);
  });

  test('that lie upon one another are not read for ever', async () => {
    const places = Array.from({ length: 1000 }, () => 1024 * 1024);
    const all = withBytes(path, (read) => lookAtEach(places, (length) => read(0, length)));
    await expect(all).rejects.toThrow(RangeError);
  });

  test('are not read for somebody who stopped', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(withBytes(path, (read) => read(0, 1), stopped)).rejects.toThrow('stopped');
  });
});

test('millions of empty boxes are not listed', () => {
  const bytes = Buffer.concat(Array.from({ length: 1001 }, () => writeBox('free')));
  expect(readBoxes(bytes.subarray(8))).toHaveLength(1000);
  expect(() => readBoxes(bytes)).toThrow(RangeError);
});
