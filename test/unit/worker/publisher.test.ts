import { expect, test } from 'vitest';
import { Publisher } from '../../../src/daemon/worker/publisher.js';
import type { Publication } from '../../../src/daemon/worker/task.js';

const segment = (number: number): Publication => ({
  renditionId: 'sound',
  number,
  bytes: Buffer.alloc(100),
});

/** A publisher whose first batch is being written until `written` is called. */
function heldPublisher(maxWaitingBytes?: number) {
  const batches: number[][] = [];
  let written = () => {};
  const held = new Promise<void>((resolve) => (written = resolve));
  const publish = (batch: readonly Publication[]) => {
    batches.push(batch.map(({ number }) => number));
    return held;
  };
  return { publisher: new Publisher({ publish }, maxWaitingBytes), batches, written };
}

test('what comes while a batch is written is the next one', async () => {
  const { publisher, batches, written } = heldPublisher();
  for (let number = 0; number < 4; number++) await publisher.add(segment(number));
  written();
  await publisher.flush();
  expect(batches).toEqual([[0], [1, 2, 3]]);
});

test('more than may wait holds back whoever makes it, until that is written', async () => {
  const { publisher, batches, written } = heldPublisher(150);
  await publisher.add(segment(0));
  await publisher.add(segment(1));
  const order: string[] = [];
  const added = publisher.add(segment(2)).then(() => order.push('added'));
  await Promise.resolve();
  order.push('written');
  written();
  await added;
  expect(order).toEqual(['written', 'added']);
  expect(batches).toEqual([[0], [1, 2]]);
});
