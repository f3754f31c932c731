import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewApiKeyView, SignedInView, UserView } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** A request with this token; undefined: the local one; null: none. */
async function ask(
  method: string,
  path: string,
  { token = daemon.token, body }: { token?: string | null; body?: unknown } = {},
): Promise<Answered> {
  const response = await fetch(`${daemon.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const password = 'a long sentence';

async function added(username: string, role = 'user'): Promise<UserView> {
  const { status, body } = await ask('POST', '/users', { body: { username, password, role } });
  expect(status).toBe(201);
  return body as UserView;
}

const login = (username: string, given = password) =>
  ask('POST', '/auth/login', { token: null, body: { username, password: given } });

async function signedIn(username: string): Promise<SignedInView> {
  const { status, body } = await login(username);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as SignedInView;
}

const whoAmI = (token: string) => ask('GET', '/auth/session', { token });

describe('users', () => {
  test('an admin adds, lists, changes and removes them; nothing shows a password', async () => {
    const { status, headers, body } = await ask('POST', '/users', {
      body: { username: 'Mina', password, role: 'uploader' },
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/users/${body.id}`);
    expect(body).toEqual({
      id: expect.any(String),
      username: 'Mina',
      role: 'uploader',
      createdAt: expect.any(String),
    });
    expect((await ask('GET', '/users')).body.users).toContainEqual(body);
    expect((await ask('GET', `/users/${body.id}`)).body).toEqual(body);
    const changed = await ask('PATCH', `/users/${body.id}`, { body: { role: 'admin' } });
    expect(changed.body).toEqual({ ...body, role: 'admin' });
    expect((await ask('DELETE', `/users/${body.id}`)).status).toBe(204);
    expect((await ask('GET', `/users/${body.id}`)).body.error.code).toBe('USER_NOT_FOUND');
    expect((await ask('DELETE', `/users/${body.id}`)).status).toBe(404);
  });

  test('a name is taken whatever its capitals, `local` always; it is free again when its user is gone', async () => {
    const { id } = await added('Jun');
    for (const username of ['jun', 'JUN', 'local', 'Local']) {
      const { status, body } = await ask('POST', '/users', { body: { username, password } });
      expect([status, body.error.code], username).toEqual([409, 'USER_EXISTS']);
    }
    await ask('DELETE', `/users/${id}`);
    expect((await added('jun')).id).not.toBe(id);
  });

  test('short passwords and strange names are refused', async () => {
    for (const body of [
      { username: 'x', password: 'short' },
      { username: '', password },
      { username: 'a b', password },
      { username: '<b>', password },
      { username: 'x', password, role: 'root' },
    ]) {
      expect((await ask('POST', '/users', { body })).status, JSON.stringify(body)).toBe(400);
    }
  });
});

describe('signing in', () => {
  test('gives a token that says who it is', async () => {
    const { id } = await added('sora', 'uploader');
    const { token, expiresAt, user } = await signedIn('SORA');
    expect(user).toEqual({ id, username: 'sora', role: 'uploader' });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect((await whoAmI(token)).body).toEqual({ user });
  });

  test('with a wrong password or an unknown name is the same 401', async () => {
    await added('hana');
    const wrong = await login('hana', 'something else');
    const unknown = await login('nobody-of-that-name');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
    expect(unknown.status).toBe(401);
    expect(wrong.body.error.code).toBe('AUTH_INVALID_CREDENTIALS');
    expect(unknown.body.error.message).toBe(wrong.body.error.message);
  });

  test('signing out ends that token and no other', async () => {
    await added('bora');
    const [one, other] = [await signedIn('bora'), await signedIn('bora')];
    expect((await ask('POST', '/auth/logout', { token: one.token })).status).toBe(204);
    expect((await whoAmI(one.token)).status).toBe(401);
    expect((await whoAmI(other.token)).status).toBe(200);
  });

  test('a new password ends every sign-in before it, in the same second too', async () => {
    const { id } = await added('dana');
    const { token } = await signedIn('dana');
    await ask('PATCH', `/users/${id}`, { body: { password: 'another sentence' } });
    expect((await whoAmI(token)).status).toBe(401);
    expect((await login('dana')).status).toBe(401);
    expect((await login('dana', 'another sentence')).status).toBe(200);
  });

  test('who knows the old password changes it and goes on with a new token', async () => {
    await added('rina');
    const { token } = await signedIn('rina');
    const change = (currentPassword: string) =>
      ask('POST', '/auth/password', {
        token,
        body: { currentPassword, newPassword: 'another sentence' },
      });
    expect((await change('not that')).status).toBe(401);
    const changed = await change(password);
    expect(changed.status).toBe(200);
    expect((await whoAmI(token)).status).toBe(401);
    expect((await whoAmI(changed.body.token)).status).toBe(200);
  });

  test('a lower role counts at once, a higher one from the next sign-in on', async () => {
    const { id } = await added('yuna', 'uploader');
    const { token } = await signedIn('yuna');
    await ask('PATCH', `/users/${id}`, { body: { role: 'user' } });
    expect((await whoAmI(token)).body.user.role).toBe('user');
    await ask('PATCH', `/users/${id}`, { body: { role: 'admin' } });
    expect((await whoAmI(token)).body.user.role).toBe('uploader');
    expect((await signedIn('yuna')).user.role).toBe('admin');
  });

  test('a removed user is nobody, by token, cookie and key', async () => {
    const { id } = await added('gone', 'uploader');
    const { token } = await signedIn('gone');
    const key = await ask('POST', '/tokens', { token, body: { name: 'script' } });
    const cookie = (
      await fetch(`${daemon.url}/api/v1/auth/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'gone', password }),
      })
    ).headers
      .get('set-cookie')
      ?.split(';')[0] as string;
    const byCookie = async () =>
      (await fetch(`${daemon.url}/api/v1/auth/session`, { headers: { cookie } })).status;
    expect(await byCookie()).toBe(200);
    expect((await whoAmI(key.body.token)).status).toBe(200);
    await ask('DELETE', `/users/${id}`);
    expect((await whoAmI(token)).status).toBe(401);
    expect((await whoAmI(key.body.token)).status).toBe(401);
    expect(await byCookie()).toBe(401);
  });

  test('rotating the secret signs everybody out, and leaves the local token', async () => {
    await added('mira');
    const { token } = await signedIn('mira');
    expect((await ask('POST', '/tokens/rotate')).status).toBe(204);
    expect((await whoAmI(token)).status).toBe(401);
    expect((await signedIn('mira')).user.username).toBe('mira');
  });
});

describe('API keys', () => {
  const create = (body: object, token?: string) =>
    ask('POST', '/tokens', { body, ...(token && { token }) });

  test('are shown once, listed by prefix, and opened nothing after they were revoked', async () => {
    const { status, body } = await create({ name: 'import', role: 'uploader' });
    expect(status).toBe(201);
    const { token, ...key } = body as NewApiKeyView;
    expect(token).toMatch(new RegExp(`^kd_${key.id}_[A-Za-z0-9_-]{43}$`));
    expect((await whoAmI(token)).body.user).toEqual({
      id: `key-${key.id}`,
      username: 'import',
      role: 'uploader',
    });
    const listed = (await ask('GET', '/tokens')).body.tokens.find(
      ({ id }: { id: string }) => id === key.id,
    );
    expect(listed).toEqual({ ...key, lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed)).not.toContain(token.slice(13));
    expect((await ask('DELETE', `/tokens/${key.id}`)).status).toBe(204);
    expect((await whoAmI(token)).status).toBe(401);
    expect((await ask('DELETE', `/tokens/${key.id}`)).body.error.code).toBe('TOKEN_NOT_FOUND');
  });

  test('a key of another secret with the same prefix is refused', async () => {
    const { body } = await create({ name: 'one' });
    const forged = `${(body.token as string).slice(0, -1)}${body.token.endsWith('A') ? 'B' : 'A'}`;
    expect((await whoAmI(forged)).status).toBe(401);
  });

  test('an admin key makes neither keys nor users nor sign-in codes', async () => {
    const { body } = await create({ name: 'all', role: 'admin' });
    const { token } = body as NewApiKeyView;
    expect((await ask('GET', '/jobs', { token })).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/tokens'],
      ['POST', '/tokens'],
      ['POST', '/tokens/rotate'],
      ['GET', '/users'],
      ['POST', '/users'],
      ['GET', '/devices'],
      ['POST', '/auth/codes'],
      ['POST', '/auth/password'],
    ] as const) {
      const { status, body: answer } = await ask(method, path, { token });
      expect([path, status], JSON.stringify(answer)).toEqual([path, 403]);
    }
  });

  test('a key with scopes does what they name and nothing else', async () => {
    const { body } = await create({ name: 'narrow', role: 'admin', scopes: ['upload'] });
    const { token } = body as NewApiKeyView;
    const start = { filename: 'a.mp4', totalSize: 1000, chunkSize: 1000 };
    expect((await ask('POST', '/upload/start', { token, body: start })).status).toBe(200);
    const { status, body: refused } = await ask('GET', '/jobs', { token });
    expect([status, refused.error.code]).toEqual([403, 'AUTH_INSUFFICIENT_PERMISSIONS']);
    expect(refused.error.message).toContain('scope jobs');
    expect(refused.error.hint).toContain('kdrama token create');
    expect((await ask('GET', '/videos', { token })).status).toBe(403);
  });

  test("everybody makes own keys, at most of the own role, and sees nobody else's", async () => {
    const { id } = await added('kira', 'uploader');
    const { token } = await signedIn('kira');
    await create({ name: 'of the admin' });
    expect((await create({ name: 'too much', role: 'admin' }, token)).status).toBe(403);
    expect((await create({ name: 'x', username: 'mira' }, token)).status).toBe(403);
    const own = (await create({ name: 'mine' }, token)).body as NewApiKeyView;
    expect(own).toMatchObject({ userId: id, role: 'uploader' });
    const { tokens } = (await ask('GET', '/tokens', { token })).body;
    expect(tokens.map(({ name }: { name: string }) => name)).toEqual(['mine']);
    const other = (await create({ name: 'not yours' })).body as NewApiKeyView;
    expect((await ask('DELETE', `/tokens/${other.id}`, { token })).status).toBe(404);
    expect((await whoAmI(own.token)).body.user.id).toBe(id);
    await ask('PATCH', `/users/${id}`, { body: { role: 'user' } });
    expect((await whoAmI(own.token)).body.user.role).toBe('user');
  });
});
