import { expect, test } from 'vitest';
import { RangeLock } from '../../../src/daemon/uploads/range-lock.js';

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('ranges that do not overlap are written at the same time', async () => {
  const lock = new RangeLock();
  let atOnce = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++atOnce);
    await turn();
    atOnce -= 1;
  };
  await Promise.all([0, 10, 20].map((start) => lock.run('a', start, start + 10, work)));
  expect(most).toBe(3);
});

test('whoever overlaps waits, in the order of asking', async () => {
  const lock = new RangeLock();
  const order: string[] = [];
  const work = (name: string) => async () => {
    await turn();
    order.push(name);
  };
  await Promise.all([
    lock.run('a', 0, 10, work('first')),
    lock.run('a', 0, 100, work('whole')),
    lock.run('a', 5, 6, work('late')),
    lock.run('b', 0, 100, async () => void order.push('other upload')),
  ]);
  expect(order).toEqual(['other upload', 'first', 'whole', 'late']);
});

test('a failure does not block the range', async () => {
  const lock = new RangeLock();
  await expect(lock.run('a', 0, 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lock.run('a', 0, 1, () => Promise.resolve('next'))).toBe('next');
});
