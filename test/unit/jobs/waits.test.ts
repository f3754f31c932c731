import { expect, test } from 'vitest';
import { Waits } from '../../../src/daemon/jobs/context/waits.js';
import type { TaskRow } from '../../../src/daemon/store/tasks.js';

const nothingMade = {
  segments: { find: () => undefined },
  renditions: { find: () => undefined },
} as unknown as ConstructorParameters<typeof Waits>[0];
const task = { renditions: ['r'], firstSegment: 10, segments: 2 } as unknown as TaskRow;

test('a part is waited for until the last who does has left', () => {
  const waits = new Waits(nothingMade);
  const [leaveFirst, leaveSecond] = [11, 11].map((number) =>
    waits.begin({ renditionId: 'r', number }),
  );
  waits.begin({ renditionId: 'r', number: 12 });
  expect(waits.parts).toHaveLength(2);
  expect(waits.areFor(task)).toBe(true);
  expect(leaveFirst?.()).toBe(false);
  expect(waits.areFor(task)).toBe(true);
  expect(leaveSecond?.()).toBe(true);
  expect(waits.areFor(task)).toBe(false);
});
