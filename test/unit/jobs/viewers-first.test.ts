import { expect, test } from 'vitest';
import { Bus } from '../../../src/daemon/bus.js';
import { ViewersFirst } from '../../../src/daemon/jobs/running/viewers-first.js';
import { Waits } from '../../../src/daemon/jobs/context/waits.js';
import type { TaskRow } from '../../../src/daemon/store/tasks.js';
import type { Publication } from '../../../src/daemon/worker/task.js';

const task = { kind: 'copy', renditions: ['r'], firstSegment: 0, segments: 100 };
const { signal } = new AbortController();

/** A copy that has published segment `at`, beside which somebody waits for something else. */
function copyAt(at: number, { kind = 'copy' } = {}) {
  const bus = new Bus();
  const time = { ms: 0 };
  const clock = { now: () => time.ms, monotonic: () => time.ms };
  const nothingMade = {
    segments: { find: () => undefined },
    renditions: { find: () => undefined },
  } as unknown as ConstructorParameters<typeof Waits>[0];
  const waits = new Waits(nothingMade);
  const own = { ...task, kind } as unknown as TaskRow;
  const viewersFirst = new ViewersFirst({ bus, waits, clock }, own, () => true);
  const batch = [{ renditionId: 'r', number: at } as unknown as Publication];
  const published = () => viewersFirst.published(batch, signal);
  return { waits, time, published, isStanding: () => bus.listenerCount('waits') > 0, bus };
}

test('a copy goes on for who waits for what it makes next, and no further', () => {
  for (const [number, isToStand] of [
    [5, false],
    [24, false],
    [25, true],
    [4, true],
  ] as const) {
    const { waits, published, isStanding } = copyAt(5);
    waits.begin({ renditionId: 'r', number });
    void published();
    expect(isStanding(), `${number}`).toBe(isToStand);
  }
});

test('only copies stand still', () => {
  const { published, isStanding } = copyAt(5, { kind: 'subtitle' });
  void published();
  expect(isStanding()).toBe(false);
});

test('a copy that has stood still for 5 s goes on, and stands still again once it was let go', async () => {
  const { waits, time, published, isStanding, bus } = copyAt(5);
  const standing = published();
  time.ms = 5_000;
  const goingOn = published();
  expect(bus.listenerCount('waits')).toBe(1);
  await goingOn;
  const leave = waits.begin({ renditionId: 'r', number: 6 });
  bus.emit('waits');
  await standing;
  expect(isStanding()).toBe(false);
  leave();
  void published();
  expect(isStanding()).toBe(true);
});
