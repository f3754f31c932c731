import { expect, test } from 'vitest';
import { createSessions, sessionSeconds } from '../../../src/daemon/http/auth/session.js';

const clock = { at: 1_700_000_000_000, now: () => clock.at };
const sessions = createSessions(Buffer.alloc(32, 1), clock);

test('a cookie says who signed in, until it expires', () => {
  const { cookie } = sessions.issue('user');
  expect(sessions.read(cookie)).toEqual({ id: 'local', username: 'local', role: 'user' });
  clock.at += sessionSeconds * 1000;
  expect(sessions.read(cookie)).toBeNull();
});

test('a cookie that was changed or signed with another key is nobody', () => {
  const { cookie } = sessions.issue('user');
  const [text = '', signature = ''] = cookie.split('.');
  const forged = Buffer.from(
    Buffer.from(text, 'base64url').toString().replace('user', 'admin'),
  ).toString('base64url');
  const others = createSessions(Buffer.alloc(32, 2), clock).issue('admin').cookie;
  for (const bad of [`${forged}.${signature}`, others, text, `${text}.`, '', '.', 'x.y']) {
    expect(sessions.read(bad)).toBeNull();
  }
});
