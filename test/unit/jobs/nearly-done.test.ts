import { expect, test } from 'vitest';
import { isNearlyDone } from '../../../src/daemon/jobs/nearly-done.js';

test.each([
  ['at its pace it needs 3 s more', 48, 36, 9, true],
  ['at its pace it needs 12 s more', 48, 24, 12, false],
  ['it has made all', 48, 48, 100, true],
  ['nobody knows its pace', 48, 0, 100, false],
])('%s', (_, totalSeconds, madeSeconds, elapsedSeconds, isSoon) => {
  expect(isNearlyDone({ totalSeconds, madeSeconds, elapsedSeconds })).toBe(isSoon);
});
