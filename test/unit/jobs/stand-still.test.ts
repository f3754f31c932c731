import { expect, test } from 'vitest';
import { Bus } from '../../../src/daemon/bus.js';
import { standStill } from '../../../src/daemon/jobs/running/stand-still.js';

const forever = 2 ** 30;

test('goes on when it may, which it learns from what happens, and listens no longer', async () => {
  const bus = new Bus();
  let mayGoOn = false;
  const { signal } = new AbortController();
  const standing = standStill(bus, ['waits', 'video'], () => mayGoOn, { signal, mostMs: forever });
  bus.emit('waits');
  expect(bus.listenerCount('waits') + bus.listenerCount('video')).toBe(2);
  mayGoOn = true;
  bus.emit('video', { videoId: 'v' });
  await standing;
  expect(bus.listenerCount('waits') + bus.listenerCount('video')).toBe(0);
});

test('goes on after a while, and when it is stopped, in any case', async () => {
  const bus = new Bus();
  const controller = new AbortController();
  const never = () => false;
  await standStill(bus, ['waits'], never, { signal: controller.signal, mostMs: 1 });
  const standing = standStill(bus, ['waits'], never, {
    ...{ signal: controller.signal, mostMs: forever },
  });
  controller.abort();
  await standing;
  expect(bus.listenerCount('waits')).toBe(0);
});
