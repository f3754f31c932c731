import { expect, test } from 'vitest';
import { lastLine, summaryOf } from '../../../scripts/test/summary.mjs';

const counts = {
  passed: 3,
  failed: 0,
  skipped: 1,
  skippedNames: ['plays in Chromium'],
  failures: [],
};
const failure = { passed: 0, failed: 1, skipped: 0, skippedNames: [], failures: [] };

test('the last line is plain and complete', () => {
  expect(lastLine(counts)).toBe('tests: 3 passed, 0 failed, 1 skipped');
});

test('the summary has a line a stage and names what was skipped', () => {
  const text = summaryOf([
    { name: 'lint', isCheck: true, counts: failure, seconds: 1.26 },
    { name: 'browser', isCheck: false, counts, seconds: 12 },
  ]);
  expect(text.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
    'lint 1.3 s FAILED',
    'browser 12.0 s 3 passed, 0 failed, 1 skipped',
    'skipped in browser: plays in Chromium',
  ]);
});

test('the summary says again why a test failed, in plain text', () => {
  const failures = [
    { name: 'keeps every frame', reason: '\u001b[31mexpected 3 to be 4\u001b[39m\nat x' },
  ];
  const text = summaryOf([
    { name: 'unit', isCheck: false, counts: { ...counts, failed: 1, failures }, seconds: 1 },
  ]);
  expect(text.split('\n').slice(-3)).toEqual([
    '  failed in unit: keeps every frame',
    '  failed in unit:   expected 3 to be 4',
    '  failed in unit:   at x',
  ]);
});
