import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherPieces } from '../../../src/daemon/http/request/gather-pieces.js';
import { hashSlices } from '../../../src/daemon/uploads/hash-slices.js';
import { behind, headOf, lengthOf } from '../../../src/daemon/uploads/pieces.js';
import { writeInPlace } from '../../../src/daemon/uploads/upload-file.js';

const cut = (sizes: readonly number[]) => sizes.map((size) => randomBytes(size));
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 10 });

test('head and rest of pieces are those of the whole', () => {
  fc.assert(
    fc.property(sizes, fc.nat(600), (lengths, at) => {
      const pieces = cut(lengths);
      const whole = Buffer.concat(pieces);
      expect(lengthOf(pieces)).toBe(whole.length);
      expect(headOf(pieces, at)).toEqual(whole.subarray(0, at));
      expect(Buffer.concat(behind(pieces, at))).toEqual(whole.subarray(at));
    }),
  );
});

test('small pieces of a body are joined, large ones stay, too many bytes are refused', async () => {
  async function* body(pieces: readonly Buffer[]) {
    yield* await Promise.resolve(pieces);
  }
  const pieces = cut([1, 2, 3, 20_000, ...Array.from({ length: 9000 }, () => 10), 16_384, 5]);
  const gathered = await gatherPieces(body(pieces), 1_000_000, () => new Error('too many'));
  expect(Buffer.concat(gathered).equals(Buffer.concat(pieces))).toBe(true);
  expect(gathered.map(({ length }) => length)).toEqual([6, 20_000, 65_540, 24_460, 16_384, 5]);
  expect(gathered[1]).toBe(pieces[3]);
  await expect(gatherPieces(body(pieces), 126_394, () => new Error('too many'))).rejects.toThrow(
    'too many',
  );
});

test('pieces are hashed and written as the whole, though a write takes only a part', async () => {
  const pieces = cut([3_000_000, 10, 1, 700_000, 1_048_576]);
  const whole = Buffer.concat(pieces);
  const hash = createHash('sha256');
  await hashSlices(hash, pieces);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(whole).digest('hex'));

  const directory = await mkdtemp(join(tmpdir(), 'kdrama-pieces-'));
  const path = join(directory, 'file');
  await writeFile(path, Buffer.alloc(100));
  const file = await open(path, 'r+');
  const writev = file.writev.bind(file);
  file.writev = ((buffers: readonly Buffer[], at: number) =>
    writev([buffers[0]!.subarray(0, 900_000)], at)) as typeof file.writev;
  await writeInPlace(file, 100, pieces);
  await file.close();
  expect((await readFile(path)).subarray(100).equals(whole)).toBe(true);
  await rm(directory, { recursive: true });
});
