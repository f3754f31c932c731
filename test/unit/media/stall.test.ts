import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForStall } from '../../../src/daemon/media/ffmpeg/stall.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const second = 1000;

test('a program whose output stands still for a minute is ended, once', () => {
  const onStall = vi.fn<() => void>();
  watchForStall(() => 7, [], onStall);
  vi.advanceTimersByTime(59 * second);
  expect(onStall).not.toHaveBeenCalled();
  vi.advanceTimersByTime(600 * second);
  expect(onStall).toHaveBeenCalledOnce();
});

test('one that gets on is not, nor one whose output nobody takes, nor one that has ended', () => {
  const onStall = vi.fn<() => void>();
  let position = 0;
  watchForStall(() => (position += 1), [], onStall);
  const full = new PassThrough();
  full.write('output');
  watchForStall(() => 7, [full], onStall);
  watchForStall(() => 7, [], onStall).end();
  vi.advanceTimersByTime(600 * second);
  expect(onStall).not.toHaveBeenCalled();
});

test('a computer that slept for an hour is no stall', () => {
  const onStall = vi.fn<() => void>();
  watchForStall(() => 7, [], onStall);
  vi.advanceTimersByTime(10 * second);
  // Its clocks go on, its timers do not.
  vi.setSystemTime(Date.now() + 3600 * second);
  vi.advanceTimersByTime(10 * second);
  expect(onStall).not.toHaveBeenCalled();
});
