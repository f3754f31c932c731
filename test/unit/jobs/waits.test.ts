import { expect, test } from 'vitest';
import { Waits } from '../../../src/daemon/jobs/waits.js';
import type { TaskRow } from '../../../src/daemon/store/tasks.js';

const nothingMade = {
  segments: { find: () => undefined },
  renditions: { find: () => undefined },
} as unknown as ConstructorParameters<typeof Waits>[0];
const task = { renditions: ['r'], firstSegment: 10, segments: 2 } as unknown as TaskRow;

test('a viewer waits until he has it or leaves, or for a moment more when he is told to come back', () => {
  let now = 0;
  const waits = new Waits(nothingMade, { now: () => now });
  const [leaveFirst, leaveSecond] = [11, 11].map((number) =>
    waits.begin({ renditionId: 'r', number }),
  );
  waits.begin({ renditionId: 'r', number: 12 });
  expect(waits.areFor(task)).toBe(true);
  leaveFirst?.(false);
  expect(waits.areFor(task)).toBe(true);
  leaveSecond?.(true);
  now = 2_000;
  expect(waits.areFor(task)).toBe(true);
  now = 4_000;
  expect(waits.areFor(task)).toBe(false);
});
