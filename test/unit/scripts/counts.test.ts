import { expect, test } from 'vitest';
import { countsOf, sumOf } from '../../../scripts/test/counts.mjs';

function file(...statuses: string[]) {
  const assertionResults = statuses.map((status, index) => ({
    fullName: `test ${index}`,
    status,
    failureMessages: status === 'failed' ? ['expected 1 to be 2'] : [],
  }));
  const status = statuses.includes('failed') ? 'failed' : 'passed';
  return { name: 'a.test.ts', status, assertionResults };
}

test('counts what passed, failed and was skipped, and names what did not pass', () => {
  const report = { testResults: [file('passed', 'failed', 'pending'), file('passed', 'todo')] };
  expect(countsOf(report, 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    skippedNames: ['test 2', 'test 1'],
    failures: [{ name: 'test 1', reason: 'expected 1 to be 2' }],
  });
});

test('a file that could not be loaded is a failed test', () => {
  const message = 'no such module';
  const broken = { name: 'b.test.ts', status: 'failed', message, assertionResults: [] };
  expect(countsOf({ testResults: [file('passed'), broken] }, 1)).toMatchObject({
    passed: 1,
    failed: 1,
    failures: [{ name: 'b.test.ts', reason: 'no such module' }],
  });
});

test('a run that failed beside its tests is a failed test', () => {
  expect(countsOf({ testResults: [file('passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  expect(countsOf(undefined, 1)).toMatchObject({ passed: 0, failed: 1 });
});

test('the sum keeps every name', () => {
  const failures = [{ name: 'c', reason: 'd' }];
  const one = { passed: 1, failed: 2, skipped: 1, skippedNames: ['a'], failures };
  const two = { passed: 3, failed: 0, skipped: 1, skippedNames: ['b'], failures: [] };
  expect(sumOf([one, two])).toEqual({
    passed: 4,
    failed: 2,
    skipped: 2,
    skippedNames: ['a', 'b'],
    failures,
  });
});
