import { afterEach, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { rawRequest } from '../../support/raw-http.js';
import { endlessTask } from '../../support/tasks.js';

let daemon: TestDaemon;
afterEach(() => daemon.close());

async function start(env: Record<string, string>): Promise<void> {
  daemon = await startTestDaemon({ env, runTask: endlessTask });
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return fetch(`${daemon.url}/api/v1${path}`, { method, headers });
}

async function statusOf(...request: Parameters<typeof ask>): Promise<number> {
  const answer = await ask(...request);
  await answer.arrayBuffer();
  return answer.status;
}

const from = (address: string) => ({ 'x-forwarded-for': address });
const openHome = { KDRAMA_OPEN_VIEWING: 'true', KDRAMA_TRUSTED_PROXIES: '127.0.0.1' };

test('openly, whoever is at home watches, and changes nothing', async () => {
  await start(openHome);
  expect(await (await ask('/auth/session')).json()).toMatchObject({
    user: { username: 'guest', role: 'user' },
  });
  for (const path of ['/videos', '/auth/session']) expect(await statusOf(path)).toBe(200);
  for (const [method, path] of [
    ['POST', '/upload/start'],
    ['POST', '/import'],
    ['POST', '/jobs'],
    ['POST', '/auth/codes'],
    ['GET', '/devices'],
    ['DELETE', '/devices/x'],
  ] as const) {
    expect([method, path, await statusOf(path, {}, method)]).toEqual([method, path, 403]);
  }
});

test.each([
  ['192.168.1.7', 200],
  ['10.9.8.7', 200],
  ['169.254.3.4', 200],
  ['fe80::1', 200],
  ['fd12:3456::1', 200],
  ['203.0.113.9', 401],
  ['2001:db8::1', 401],
  ['100.64.0.1', 401],
  ['unknown', 401],
  ['192.168.1.7, 203.0.113.9', 401],
])('openly, behind a proxy that is trusted: %s is answered %i', async (address, status) => {
  await start(openHome);
  expect(await statusOf('/videos', from(address))).toBe(status);
});

test('openly, a tunnel that nobody configured lets nobody in', async () => {
  await start({ KDRAMA_OPEN_VIEWING: 'true' });
  expect(await statusOf('/videos')).toBe(200);
  for (const headers of [from('192.168.1.7'), from('203.0.113.9'), { via: '1.1 tunnel' }]) {
    expect(await statusOf('/videos', headers)).toBe(401);
  }
});

test('a wrong credential is not made good by being at home', async () => {
  await start(openHome);
  expect(await statusOf('/videos', { authorization: 'Bearer wrong' })).toBe(401);
});

test('closed, which is how it comes, nobody watches without signing in', async () => {
  await start({ KDRAMA_TRUSTED_PROXIES: '127.0.0.1' });
  for (const address of ['192.168.1.7', '127.0.0.1']) {
    expect(await statusOf('/videos', from(address))).toBe(401);
  }
  expect(await statusOf('/videos')).toBe(401);
});

test('a forwarded admin takes no files by path, whatever his address is said to be', async () => {
  await start({ KDRAMA_TRUSTED_PROXIES: '127.0.0.1' });
  const send = (headers: Record<string, string>) =>
    daemon.fetch('/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ path: '/nowhere/a.mp4' }),
    });
  expect((await send(from('127.0.0.1'))).status).toBe(403);
  expect((await send({ forwarded: 'for=127.0.0.1' })).status).toBe(403);
  expect((await send({})).status).not.toBe(403);
});

test('auth.local = open is for this machine, not for what its proxies bring', async () => {
  for (const trusted of ['127.0.0.1', '']) {
    await start({ KDRAMA_AUTH_LOCAL: 'open', KDRAMA_TRUSTED_PROXIES: trusted });
    expect(await statusOf('/devices')).toBe(200);
    expect(await statusOf('/devices', from('127.0.0.1'))).toBe(401);
    expect(await statusOf('/devices', { forwarded: 'for="[::1]"' })).toBe(401);
    await daemon.close();
  }
});

test('behind TLS of a trusted proxy the cookie is Secure and the page is its own', async () => {
  await start({ KDRAMA_TRUSTED_PROXIES: '127.0.0.0/8', KDRAMA_ALLOWED_HOSTS: 'tv.example.org' });
  const enter = (headers: Record<string, string>) =>
    fetch(`${daemon.url}/api/v1/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ code: daemon.signInCode().code }),
    });
  const forwarded = { ...from('203.0.113.9'), 'x-forwarded-host': 'tv.example.org' };
  const tls = { ...forwarded, 'x-forwarded-proto': 'https' };
  const page = { origin: 'https://tv.example.org' };
  const secure = await enter({ ...tls, ...page });
  expect([secure.status, secure.headers.get('set-cookie')]).toEqual([
    200,
    expect.stringContaining('; Secure;'),
  ]);
  const plain = await enter(forwarded);
  expect(plain.headers.get('set-cookie')).not.toContain('Secure');
  expect((await enter({ ...tls, origin: 'https://evil.example' })).status).toBe(403);
});

test('a host that a proxy forwards has to be one of ours too', async () => {
  await start({ KDRAMA_TRUSTED_PROXIES: '127.0.0.1' });
  const headers = { ...from('192.168.1.7'), 'x-forwarded-host': 'evil.example' };
  expect(await statusOf('/health', headers)).toBe(421);
});

test('what nobody trusted says of host and scheme is not heard', async () => {
  await start({});
  const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  expect(await statusOf('/health', headers)).toBe(200);
});

test('proxy.trusted is checked at the start', async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
  const wrong = startTestDaemon({ env: { KDRAMA_TRUSTED_PROXIES: 'proxy.lan' } });
  await expect(wrong).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('on the network, the machine answers to its name and nobody else’s', async () => {
  await start({ KDRAMA_LAN: 'true' });
  const { hostname } = await import('node:os');
  const status = async (host: string) =>
    (await rawRequest(daemon.url, `GET /health HTTP/1.1\nHost: ${host}\nConnection: close`)).slice(
      9,
      12,
    );
  expect(await status(hostname())).toBe('200');
  expect(await status(`${hostname().split('.')[0]}.local:7474`)).toBe('200');
  expect(await status('evil.example')).toBe('421');
});
