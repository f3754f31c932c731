import { beforeEach, expect, test } from 'vitest';
import { readCode } from '../../../src/daemon/http/auth/code-text.js';
import { codeSeconds, createSignInCodes } from '../../../src/daemon/http/auth/sign-in-codes.js';

const phone = '192.168.1.20';
const clock = { at: 0, now: () => clock.at, monotonic: () => clock.at };
let codes: ReturnType<typeof createSignInCodes>;
beforeEach(() => {
  clock.at = 0;
  codes = createSignInCodes(clock);
});

function guess(times: number, address = phone): void {
  for (let n = 0; n < times; n += 1) {
    expect(() => codes.spend('AAAA-AAAA', address)).toThrow('This code is wrong');
  }
}

test('a code works once', () => {
  const { code } = codes.create('user');
  expect(codes.spend(code, phone)).toBe('user');
  expect(() => codes.spend(code, phone)).toThrow('This code is wrong');
});

test('a code is eight characters that are not misread, and may be typed as people type', () => {
  const { code } = codes.create('user');
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(codes.spend(` ${code.toLowerCase().replace('-', ' ')} `, phone)).toBe('user');
  expect(readCode('oil0-abcd')).toBe('0110-ABCD');
});

test('a code is good for ten minutes', () => {
  const [early, late] = [codes.create('user'), codes.create('user')];
  clock.at = codeSeconds * 1000 - 1;
  expect(codes.spend(early.code, phone)).toBe('user');
  clock.at += 1;
  expect(() => codes.spend(late.code, phone)).toThrow('This code is wrong');
});

test('after five wrong tries, whoever made them, every code that was out is void', () => {
  const { code } = codes.create('admin');
  guess(4);
  guess(1, '192.168.1.66');
  expect(() => codes.spend(code, phone)).toThrow('This code is wrong');
  const next = codes.create('admin');
  expect(codes.spend(next.code, phone)).toBe('admin');
});

test('four wrong tries leave it good', () => {
  const { code } = codes.create('user');
  guess(4);
  expect(codes.spend(code, phone)).toBe('user');
});

test('a page that brings the code it spent before is not guessing', () => {
  const [spent, other] = [codes.create('user'), codes.create('user')];
  codes.spend(spent.code, phone);
  for (let n = 0; n < 9; n += 1)
    expect(() => codes.spend(spent.code, phone)).toThrow('This code is wrong');
  expect(codes.spend(other.code, phone)).toBe('user');
});

test('ten wrong tries a minute from one address, then it waits, and no other', () => {
  guess(10);
  const { code } = codes.create('user');
  clock.at = 15_000;
  expect(() => codes.spend(code, phone)).toThrow(
    expect.objectContaining({ code: 'RATE_LIMIT_EXCEEDED', details: { retryAfterSeconds: 45 } }),
  );
  expect(codes.spend(code, '192.168.1.21')).toBe('user');
  clock.at = 60_000;
  guess(1);
});

test('thirty wrong tries a minute from anywhere, then everybody waits', () => {
  for (let host = 1; host <= 30; host += 1) guess(1, `192.168.1.${host}`);
  expect(() => codes.spend('AAAA-AAAA', '192.168.1.99')).toThrow('Too many requests');
});

test('no more than twenty codes are out at a time', () => {
  const first = codes.create('user');
  for (let n = 0; n < 20; n += 1) codes.create('user');
  expect(() => codes.spend(first.code, phone)).toThrow('This code is wrong');
});
