import { request, type OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

/** The status of a request with exactly these headers; `fetch` would not send all of them. */
function statusOf(
  daemon: TestDaemon,
  headers: OutgoingHttpHeaders,
  method = 'GET',
  path = '/jobs',
) {
  return new Promise<number>((resolve, reject) => {
    const outgoing = request(`${daemon.url}/api/v1${path}`, { method, headers }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('auth.local = open', () => {
  let daemon: TestDaemon;
  beforeAll(async () => {
    daemon = await startTestDaemon({ runTask: endlessTask, env: { KDRAMA_AUTH_LOCAL: 'open' } });
  });
  afterAll(() => daemon.close());

  test('lets a program on this machine in as its admin', async () => {
    expect(await statusOf(daemon, {})).toBe(200);
    expect(await statusOf(daemon, {}, 'DELETE', '/users/nothere')).toBe(404);
  });

  test('lets its own page in, and no page of somebody else', async () => {
    const own = daemon.url;
    expect(await statusOf(daemon, { 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await statusOf(daemon, { origin: own }, 'DELETE', '/users/nothere')).toBe(404);
    expect(await statusOf(daemon, { 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await statusOf(daemon, { origin: 'http://evil.example' })).toBe(401);
    const post = { origin: 'http://evil.example' };
    expect(await statusOf(daemon, post, 'DELETE', '/users/nothere')).toBe(403);
  });

  test('stands behind the rules of host names', async () => {
    expect(await statusOf(daemon, { host: 'evil.example' })).toBe(421);
  });

  test.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-forwarded-host', 'via'])(
    'does not let in what came through a proxy (%s)',
    async (name) => {
      const value = name === 'forwarded' ? 'for=127.0.0.1' : '127.0.0.1';
      expect(await statusOf(daemon, { [name]: value })).toBe(401);
    },
  );

  test('does not make a wrong token good', async () => {
    expect(await statusOf(daemon, { authorization: 'Bearer wrong' })).toBe(401);
    expect(await statusOf(daemon, { authorization: 'Basic bG9jYWw6bG9jYWw=' })).toBe(401);
  });
});

describe('without any user', () => {
  let daemon: TestDaemon;
  beforeAll(async () => {
    daemon = await startTestDaemon({
      runTask: endlessTask,
      env: { KDRAMA_LISTEN: '0.0.0.0:0', KDRAMA_TRUSTED_PROXIES: '127.0.0.1' },
    });
  });
  afterAll(() => daemon.close());

  test('only the token of this machine gets in, from anywhere', async () => {
    const far = { 'x-forwarded-for': '192.168.1.20' };
    expect(await statusOf(daemon, {})).toBe(401);
    expect(await statusOf(daemon, far)).toBe(401);
    expect(await statusOf(daemon, { ...far, authorization: `Bearer ${daemon.token}` })).toBe(200);
  });

  test('paths of this machine are for its admin on this machine', async () => {
    const authorization = `Bearer ${daemon.token}`;
    const ask = (headers: Record<string, string>) =>
      fetch(`${daemon.url}/api/v1/import`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ path: '/nowhere/a.mkv' }),
      });
    expect((await ask({ 'x-forwarded-for': '192.168.1.20' })).status).toBe(403);
    expect((await ask({})).status).toBe(400);
  });
});
