import { expect, test } from 'vitest';
import { exitCodeOf, exitCodeOfSeveral } from '../../../src/cli/exit-code.js';
import { Interruption } from '../../../src/cli/interruption.js';
import { exitStatusOf } from '../../../src/cli/commands/status.js';
import { KdramaError } from '../../../src/shared/errors.js';

test('one of several that failed is 6, all of them 1, a single one keeps its own code', () => {
  expect(exitCodeOfSeveral([0, 0])).toBe(0);
  expect(exitCodeOfSeveral([0, 3])).toBe(6);
  expect(exitCodeOfSeveral([3, 5])).toBe(1);
  expect(exitCodeOfSeveral([3])).toBe(3);
  expect(exitCodeOfSeveral([])).toBe(0);
});

test('the code of an error decides, and what nobody expected is 1', () => {
  expect(exitCodeOf(new KdramaError('DAEMON_UNREACHABLE'))).toBe(4);
  expect(exitCodeOf(new KdramaError('AUTH_INVALID_TOKEN'))).toBe(5);
  expect(exitCodeOf(new KdramaError('TRANSCODE_JOB_NOT_FOUND'))).toBe(3);
  expect(exitCodeOf(new TypeError('x'))).toBe(1);
  expect(exitCodeOf(new Interruption(124))).toBe(124);
});

test('--exit-status tells running, ready and failed apart', () => {
  expect(exitStatusOf({ status: 'submitted' })).toBe(8);
  expect(exitStatusOf({ status: 'paused' })).toBe(8);
  expect(exitStatusOf({ status: 'completed' })).toBe(0);
  expect(exitStatusOf({ status: 'cancelled' })).toBe(1);
});
