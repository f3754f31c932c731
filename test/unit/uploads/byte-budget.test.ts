import { expect, test } from 'vitest';
import { ByteBudget } from '../../../src/daemon/uploads/byte-budget.js';

test('no more bytes are held together than the budget, first come first served', async () => {
  const budget = new ByteBudget(100);
  const order: string[] = [];
  const first = await budget.take(80);
  const big = budget.take(60).then((give) => (order.push('big'), give));
  const small = budget.take(10).then((give) => (order.push('small'), give));
  expect(budget.tryTake(1)).toBe(false);
  first();
  (await big)();
  (await small)();
  expect(order).toEqual(['big', 'small']);
  expect(budget.tryTake(100)).toBe(true);
});

test('what asks for more than there ever is waits for all of it', async () => {
  const budget = new ByteBudget(10);
  const give = await budget.take(1000);
  expect(budget.tryTake(1)).toBe(false);
  give();
  expect(budget.tryTake(10)).toBe(true);
});
