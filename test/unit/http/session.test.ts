import { beforeEach, expect, test } from 'vitest';
import { cookieNameOf, createSessions, unseenMs } from '../../../src/daemon/http/auth/session.js';
import { openStore } from '../../../src/daemon/store/store.js';
import type { Role } from '../../../src/shared/states.js';

const clock = { at: 1_700_000_000_000, now: () => clock.at };
const users = new Map<string, { username: string; role: Role }>();
let store: ReturnType<typeof openStore>;
let sessions: ReturnType<typeof createSessions>;

beforeEach(() => {
  store = openStore(':memory:');
  users.clear();
  sessions = createSessions({
    devices: store.devices,
    clock,
    cookieName: 'kdrama',
    userOf: (id) => users.get(id),
  });
});

const phone = { name: 'Safari on iPhone', role: 'user', userId: null } as const;

test('a paired device stands for itself, one paired for an admin for this machine', () => {
  const { token, viewer } = sessions.issue(phone);
  const [device] = store.devices.all();
  expect(viewer).toEqual({ id: device?.id, username: 'Safari on iPhone', role: 'user' });
  expect(sessions.read(token)).toEqual(viewer);
  expect(sessions.issue({ ...phone, role: 'admin' }).viewer).toEqual({
    id: 'local',
    username: 'local',
    role: 'admin',
  });
});

test('the device of a user may what the user may now, and nothing once he is gone', () => {
  users.set('u1', { username: 'mina', role: 'uploader' });
  const { token } = sessions.issue({ ...phone, role: 'uploader', userId: 'u1' });
  expect(sessions.read(token)).toEqual({ id: 'u1', username: 'mina', role: 'uploader' });
  users.set('u1', { username: 'mina', role: 'user' });
  expect(sessions.read(token)?.role).toBe('user');
  users.delete('u1');
  expect(sessions.read(token)).toBeNull();
});

test('a new password can end all sessions of its user, and no other', () => {
  users.set('u1', { username: 'mina', role: 'user' });
  const { token } = sessions.issue({ ...phone, userId: 'u1' });
  const other = sessions.issue(phone);
  sessions.endOfUser('u1');
  expect(sessions.read(token)).toBeNull();
  expect(sessions.read(other.token)).not.toBeNull();
});

test('a token that was ended or never given is nobody', () => {
  const { token } = sessions.issue(phone);
  sessions.end(token);
  for (const bad of [token, '', 'x', `${token}x`]) expect(sessions.read(bad)).toBeNull();
});

test('the database does not hold the token', () => {
  const { token } = sessions.issue(phone);
  expect(JSON.stringify(store.devices.all())).not.toContain(token);
});

test('when it was last seen is written once a minute', () => {
  const { token } = sessions.issue(phone);
  const start = clock.at;
  const lastSeen = () => store.devices.all()[0]?.lastSeenAt;
  clock.at = start + 59_999;
  sessions.read(token);
  expect(lastSeen()).toBe(start);
  clock.at = start + 60_000;
  sessions.read(token);
  expect(lastSeen()).toBe(clock.at);
});

test('a device that was not seen for ninety days is signed out, and then forgotten', () => {
  const { token } = sessions.issue(phone);
  clock.at += unseenMs - 1;
  expect(sessions.read(token)).not.toBeNull();
  clock.at += unseenMs;
  expect(sessions.read(token)).toBeNull();
  sessions.issue(phone);
  expect(store.devices.all()).toHaveLength(1);
});

test('two homes on one host have cookies of two names', () => {
  expect(cookieNameOf(Buffer.alloc(32, 1))).not.toBe(cookieNameOf(Buffer.alloc(32, 2)));
});
