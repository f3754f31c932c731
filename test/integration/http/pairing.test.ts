import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceView } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 Version/18.2 Mobile/15E148 Safari/604.1';
const clock = { shift: 0, now: () => Date.now() + clock.shift, monotonic: () => performance.now() };

let daemon: TestDaemon;
beforeEach(async () => {
  clock.shift = 0;
  daemon = await startTestDaemon({ runTask: endlessTask, clock });
});
afterEach(() => daemon.close());

function enter(body: object): Promise<Response> {
  return fetch(`${daemon.url}/api/v1/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': iPhone },
    body: JSON.stringify(body),
  });
}

async function pair(role?: 'user' | 'uploader' | 'admin'): Promise<string> {
  const answer = await enter({ code: daemon.signInCode(role).code });
  expect(answer.status).toBe(200);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function ask(cookie: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${daemon.url}/api/v1${path}`, { ...init, headers: { cookie } });
}

async function devices(): Promise<DeviceView[]> {
  const { devices: found } = (await (await daemon.fetch('/devices')).json()) as {
    devices: DeviceView[];
  };
  return found;
}

test('an admin makes a code, whoever types it has a device with a name', async () => {
  const made = await daemon.fetch('/auth/codes', { method: 'POST' });
  const { code, url, expiresAt } = (await made.json()) as Record<string, string>;
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(url).toBe(`${daemon.url}/#enter=${code}`);
  expect(Date.parse(expiresAt ?? '') - Date.now()).toBeGreaterThan(9.5 * 60_000);

  const answer = await enter({ code: code?.toLowerCase().replace('-', ' ') });
  expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(await devices()).toEqual([
    expect.objectContaining({ name: 'Safari on iPhone', role: 'user', userId: null }),
  ]);
  expect((await enter({ code })).status).toBe(401);
});

test('five wrong tries void the code, and say what to do', async () => {
  const { code } = daemon.signInCode();
  for (let n = 0; n < 5; n += 1) expect((await enter({ code: 'AAAA-AAAA' })).status).toBe(401);
  const refused = await enter({ code });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({
    error: {
      message: expect.stringContaining('5 wrong tries') as string,
      hint: expect.stringContaining('kdrama pair') as string,
    },
  });
  expect((await enter({ code: daemon.signInCode().code })).status).toBe(200);
});

test('guessing on is slowed: 429 with the time to wait', async () => {
  for (let n = 0; n < 10; n += 1) await enter({ code: `AAAA-AAA${n}` });
  const { code } = daemon.signInCode();
  const refused = await enter({ code });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a code is good for ten minutes', async () => {
  const { code } = daemon.signInCode();
  clock.shift = 10 * 60_000;
  expect((await enter({ code })).status).toBe(401);
});

test('a device that is revoked is out at once; others stay', async () => {
  const [phone, tv] = [await pair(), await pair()];
  const [last] = await devices();
  expect((await daemon.fetch(`/devices/${last?.id}`, { method: 'DELETE' })).status).toBe(204);
  const statuses = [(await ask(phone, '/videos')).status, (await ask(tv, '/videos')).status];
  expect(new Set(statuses)).toEqual(new Set([200, 401]));
  const again = await daemon.fetch(`/devices/${last?.id}`, { method: 'DELETE' });
  expect(again.status).toBe(404);
  expect(await again.json()).toMatchObject({ error: { code: 'DEVICE_NOT_FOUND' } });
});

test('signing out ends the device, not just its cookie', async () => {
  const phone = await pair();
  const out = await ask(phone, '/auth/session', { method: 'DELETE' });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringMatching(/Max-Age=0/),
  ]);
  expect((await ask(phone, '/videos')).status).toBe(401);
  expect(await devices()).toEqual([]);
});

test('a browser that signs in again replaces its device', async () => {
  const phone = await pair();
  const { code } = daemon.signInCode('uploader');
  await fetch(`${daemon.url}/api/v1/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: phone },
    body: JSON.stringify({ code }),
  });
  expect((await devices()).map(({ role }) => role)).toEqual(['uploader']);
  expect((await ask(phone, '/videos')).status).toBe(401);
});

test('devices are for admins to see and to revoke', async () => {
  for (const role of ['user', 'uploader'] as const) {
    const cookie = await pair(role);
    expect((await ask(cookie, '/devices')).status).toBe(403);
    expect((await ask(cookie, '/devices/x', { method: 'DELETE' })).status).toBe(403);
  }
  expect((await ask(await pair('admin'), '/devices')).status).toBe(200);
});

test('a device lives through a restart, and a cookie of before there were devices is nobody', async () => {
  const cookie = await pair();
  const { home } = daemon;
  await daemon.stop();
  const again = await startTestDaemon({ home, runTask: endlessTask });
  try {
    const videos = (given: string) =>
      fetch(`${again.url}/api/v1/videos`, { headers: { cookie: given } });
    expect((await videos(cookie)).status).toBe(200);
    const [name = ''] = cookie.split('=');
    const payload = Buffer.from('{"id":"local","role":"admin","exp":9999999999}');
    expect((await videos(`${name}=${payload.toString('base64url')}.x`)).status).toBe(401);
  } finally {
    await again.close();
  }
});
