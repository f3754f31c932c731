import { expect, test } from 'vitest';
import { isNearlyDone, isSegmentNearlyDone } from '../../../src/daemon/jobs/running/nearly-done.js';

test.each([
  ['at its pace it needs 3 s more', 48, 36, 9, true],
  ['at its pace it needs 12 s more', 48, 24, 12, false],
  ['it has made all', 48, 48, 100, true],
  ['nobody knows its pace', 48, 0, 100, false],
])('%s', (_, totalSeconds, madeSeconds, elapsedSeconds, isSoon) => {
  expect(isNearlyDone({ totalSeconds, madeSeconds, elapsedSeconds })).toBe(isSoon);
});

test.each([
  ['0.4 s before its end at its pace', 11, 4, true],
  ['2 s before it', 7, 4, false],
  ['at the end of all', 18, 6, true],
  ['at an unknown pace', 0, 4, false],
])('a segment %s', (_, madeSeconds, elapsedSeconds, isSoon) => {
  const headway = { totalSeconds: 18, madeSeconds, elapsedSeconds };
  expect(isSegmentNearlyDone(headway, [6, 12, 18])).toBe(isSoon);
});
