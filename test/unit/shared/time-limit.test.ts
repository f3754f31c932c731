import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { timeLimit } from '../../../src/shared/time-limit.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const never = new AbortController().signal;
const longMs = 600_000;

test('fires when the time is over, also when garbage was collected meanwhile', async () => {
  const { signal } = timeLimit(never, 50);
  const fired = once(signal, 'abort');
  // Timers and signals that nothing but a weak reference holds are gone after this.
  const collecting = setInterval(collectGarbage, 10);
  await fired;
  clearInterval(collecting);
  expect((signal.reason as Error).name).toBe('TimeoutError');
});

test('fires with the other signal and its reason, and is so from the start when that has fired', () => {
  const controller = new AbortController();
  const { signal } = timeLimit(controller.signal, longMs);
  expect(signal.aborted).toBe(false);
  controller.abort(new Error('enough'));
  expect(signal.reason).toEqual(new Error('enough'));
  expect(timeLimit(controller.signal, longMs).signal.reason).toEqual(new Error('enough'));
});

test('does not fire once it is cleared', () => {
  const controller = new AbortController();
  const limit = timeLimit(controller.signal, longMs);
  limit.clear();
  controller.abort();
  expect(limit.signal.aborted).toBe(false);
});
