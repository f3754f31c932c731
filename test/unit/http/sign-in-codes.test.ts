import { expect, test } from 'vitest';
import { codeSeconds, createSignInCodes } from '../../../src/daemon/http/auth/sign-in-codes.js';

function clockAt(start: number) {
  const clock = { at: start, now: () => clock.at, monotonic: () => clock.at };
  return clock;
}

test('a code works once', () => {
  const codes = createSignInCodes(clockAt(0));
  const { code } = codes.create('user');
  expect(codes.spend(code)).toBe('user');
  expect(() => codes.spend(code)).toThrow('this code was used');
});

test('a code is good for ten minutes', () => {
  const clock = clockAt(0);
  const codes = createSignInCodes(clock);
  const { code } = codes.create('user');
  clock.at = codeSeconds * 1000;
  expect(() => codes.spend(code)).toThrow('expired');
});

test('after ten wrong tries a minute has to pass', () => {
  const clock = clockAt(0);
  const codes = createSignInCodes(clock);
  const { code } = codes.create('admin');
  for (let n = 0; n < 10; n += 1) expect(() => codes.spend('guess')).toThrow('wrong');
  expect(() => codes.spend(code)).toThrow('Too many requests');
  clock.at += 60_000;
  expect(codes.spend(code)).toBe('admin');
});
