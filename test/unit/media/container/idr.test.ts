import { expect, test } from 'vitest';
import { isIdr } from '../../../../src/daemon/media/container/idr.js';

/** A unit behind its length in four bytes. */
function unit(type: number, payloadBytes: number): Buffer {
  const bytes = Buffer.alloc(5 + payloadBytes);
  bytes.writeUInt32BE(1 + payloadBytes);
  bytes[4] = 0x60 | type;
  return bytes;
}

async function verdict(...units: readonly Buffer[]) {
  const frame = Buffer.concat(units);
  const file = Buffer.concat([Buffer.alloc(7, 0xff), frame, unit(5, 4)]);
  const reads: number[] = [];
  const read = (at: number, length: number) => {
    reads.push(length);
    return Promise.resolve(file.subarray(at, at + length));
  };
  const isOne = await isIdr(read, { offset: 7, sizeBytes: frame.length }, 4);
  return { isOne, bytesRead: reads.reduce((sum, length) => sum + length, 0) };
}

const [slice, idrSlice, message, spsUnit, pps, delimiter] = [1, 5, 6, 7, 8, 9];

test.each([
  ['an IDR slice', true, [unit(idrSlice, 50)]],
  [
    'one behind parameter sets',
    true,
    [unit(delimiter, 1), unit(spsUnit, 30), unit(pps, 5), unit(idrSlice, 9)],
  ],
  ['one behind a long message', true, [unit(message, 900), unit(idrSlice, 9)]],
  ['a recovery point', false, [unit(message, 3), unit(slice, 50)]],
  ['no slice at all, though one follows in the file', false, [unit(spsUnit, 3)]],
])('%s: %s', async (_, expected, units) => {
  expect((await verdict(...units)).isOne).toBe(expected);
});

test('reads no more of a picture than it has to', async () => {
  const { bytesRead } = await verdict(unit(message, 20_000), unit(idrSlice, 200_000));
  expect(bytesRead).toBeLessThan(1000);
});

test('reads nothing of a picture whose beginning is known', async () => {
  const frame = Buffer.concat([unit(spsUnit, 30), unit(idrSlice, 9)]);
  const read = () => Promise.reject(new Error('it was read'));
  const known = { offset: 7, sizeBytes: frame.length, beginning: frame };
  expect(await isIdr(read, known, 4)).toBe(true);
  // What comes behind it is read.
  await expect(isIdr(read, { ...known, beginning: frame.subarray(0, 20) }, 4)).rejects.toThrow();
});

test('a unit of no length is no endless loop', async () => {
  const broken = Buffer.alloc(400);
  expect((await verdict(broken)).isOne).toBe(false);
});
