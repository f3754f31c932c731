import { expect, test } from 'vitest';
import { batches } from '../../../src/daemon/uploads/batches.js';

const never = new AbortController().signal;

async function* pieces(...sizes: number[]): AsyncGenerator<Buffer, void> {
  for (const size of sizes) {
    await Promise.resolve();
    if (size < 0) throw new Error('the connection broke');
    yield Buffer.alloc(size);
  }
}

async function sizesOf(source: AsyncIterable<Buffer>, into: number[] = []): Promise<number[]> {
  for await (const batch of source) into.push(batch.length);
  return into;
}

test('gathers pieces until there are enough bytes; the last batch is what is left', async () => {
  expect(await sizesOf(batches(pieces(4, 4, 4, 4, 4), 10, never))).toEqual([12, 8]);
  expect(await sizesOf(batches(pieces(100, 1), 10, never))).toEqual([100, 1]);
  expect(await sizesOf(batches(pieces(), 10, never))).toEqual([]);
});

test('hands on what came before the pieces broke off, then says so', async () => {
  const seen: number[] = [];
  await expect(sizesOf(batches(pieces(4, 3, -1), 10, never), seen)).rejects.toThrow('broke');
  expect(seen).toEqual([7]);
});

test('ends when it shall, though no piece comes any more, with what had come', async () => {
  const turn = new AbortController();
  const silent: AsyncIterable<Buffer> = {
    [Symbol.asyncIterator]: () => {
      const steps = [Promise.resolve({ done: false, value: Buffer.alloc(5) })];
      return { next: () => steps.pop() ?? new Promise(() => undefined) };
    },
  };
  const seen: number[] = [];
  const ended = sizesOf(batches(silent, 10, turn.signal), seen);
  setImmediate(() => turn.abort(new Error('a later request')));
  await expect(ended).rejects.toThrow('a later request');
  expect(seen).toEqual([5]);
});
