import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkStreamKey, signStreamKey } from '../../../src/daemon/streaming/stream-key.js';

const secret = randomBytes(32);
const now = Date.UTC(2026, 10, 23, 12, 34, 56);
const hour = 3_600_000;
const key = signStreamKey(secret, 'video1', now);

test('a key opens its video for twelve hours and not for fourteen', () => {
  expect(checkStreamKey(secret, key, 'video1', now)).toBe('valid');
  expect(checkStreamKey(secret, key, 'video1', now + 12 * hour)).toBe('valid');
  expect(checkStreamKey(secret, key, 'video1', now + 13 * hour)).toBe('expired');
});

test('a key of one video does not open another', () => {
  expect(checkStreamKey(secret, key, 'video2', now)).toBe('other-video');
});

test('the address of a video stays the same for a while', () => {
  expect(signStreamKey(secret, 'video1', now + 60_000)).toBe(key);
});

test('a key that was changed, cut or signed with another secret is garbled', () => {
  const [video = '', expiry = '', mac = ''] = key.split('.');
  const later = (Number.parseInt(expiry, 36) + 1).toString(36);
  const forged = [
    `video2.${expiry}.${mac}`,
    `${video}.${later}.${mac}`,
    `${video}.${expiry}.${mac.slice(0, -1)}`,
    `${video}.${expiry}.`,
    signStreamKey(randomBytes(32), 'video1', now),
    '',
    '..',
    'a.b.c',
  ];
  for (const forgery of forged) {
    expect(checkStreamKey(secret, forgery, 'video1', now), forgery).toBe('garbled');
  }
});

test('a key is safe inside a path', () => {
  expect(key).toMatch(/^[A-Za-z0-9_.-]+$/);
});
