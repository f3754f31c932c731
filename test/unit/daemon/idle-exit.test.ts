import { beforeEach, expect, test } from 'vitest';
import { IdleExit } from '../../../src/daemon/idle-exit.js';

const minuteMs = 60_000;
let now: number;
let bytes: number;
let isBusy: boolean;
let ended: number;
let idle: IdleExit;
beforeEach(() => {
  [now, bytes, isBusy, ended] = [0, 0, false, 0];
  idle = new IdleExit({
    clock: { monotonic: () => now },
    afterMinutes: 10,
    bytesMoved: () => bytes,
    isBusy: () => isBusy,
    onIdle: () => (ended += 1),
  });
});

function lookAt(minute: number): number {
  now = minute * minuteMs;
  idle.look();
  return ended;
}

test('ends after so many minutes, not before', () => {
  expect([lookAt(9), lookAt(10)]).toEqual([0, 1]);
});

test('a byte over HTTP, and work that is done meanwhile, begin the minutes anew', () => {
  bytes += 1;
  expect([lookAt(5), lookAt(14)]).toEqual([0, 0]);
  isBusy = true;
  expect(lookAt(20)).toBe(0);
  isBusy = false;
  expect([lookAt(29), lookAt(30)]).toEqual([0, 1]);
});
