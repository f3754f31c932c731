import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteBudget } from '../../../src/daemon/uploads/byte-budget.js';
import { FrontHash } from '../../../src/daemon/uploads/front-hash.js';
import type { ByteRange } from '../../../src/daemon/uploads/gaps.js';

/** A file whose ranges appear one by one, and a count of the bytes that were read back. */
function growingFile(content: Buffer) {
  const ranges: ByteRange[] = [];
  const file = {
    readBack: 0,
    receive: (range: ByteRange) => ranges.push(range),
    source: {
      sizeBytes: content.length,
      covering: (byte: number) => ranges.find(({ start, end }) => start <= byte && byte < end),
      read: ({ start, end }: ByteRange) => {
        file.readBack += end - start;
        return Promise.resolve(content.subarray(start, end));
      },
    },
  };
  return file;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('ranges in any order, held or read back, give the hash of the whole', async () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 });
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 0, max: 300 }), async (sequence, heldBytes) => {
      const content = randomBytes(790);
      const file = growingFile(content);
      const front = new FrontHash(file.source, new ByteBudget(heldBytes));
      for (const index of sequence) {
        const range = { start: index * 100, end: Math.min(index * 100 + 100, 790) };
        file.receive(range);
        front.received(range.start, [content.subarray(range.start, range.end)]);
        if (index % 3 === 0) await Promise.resolve();
      }
      expect(await front.digest()).toBe(sha256(content));
    }),
  );
});

test('chunks that come a little out of order are not read back', async () => {
  const content = randomBytes(800);
  const file = growingFile(content);
  const front = new FrontHash(file.source, new ByteBudget(400));
  for (const index of [1, 0, 3, 2, 5, 4, 7, 6]) {
    const range = { start: index * 100, end: index * 100 + 100 };
    file.receive(range);
    front.received(range.start, [content.subarray(range.start, range.end)]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await front.digest()).toBe(sha256(content));
  expect(file.readBack).toBe(0);
});

test('after a restart it catches up from the file', async () => {
  const content = randomBytes(500);
  const file = growingFile(content);
  file.receive({ start: 0, end: 500 });
  const front = new FrontHash(file.source, new ByteBudget(0));
  front.catchUp();
  expect(await front.digest()).toBe(sha256(content));
});

test('a failed read is tried again by the next digest', async () => {
  const content = randomBytes(100);
  const file = growingFile(content);
  file.receive({ start: 0, end: 100 });
  let failures = 1;
  const front = new FrontHash(
    {
      ...file.source,
      read: (range) =>
        failures-- > 0 ? Promise.reject(new Error('EIO')) : file.source.read(range),
    },
    new ByteBudget(0),
  );
  await expect(front.digest()).rejects.toThrow('EIO');
  expect(await front.digest()).toBe(sha256(content));
});
