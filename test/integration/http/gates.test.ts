import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { rawRequest } from '../../support/raw-http.js';
import { endlessTask } from '../../support/tasks.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    env: { KDRAMA_ALLOWED_HOSTS: 'tv.home.arpa' },
  });
});
afterAll(() => daemon.close());

async function statusOf(head: string, body?: string): Promise<number> {
  const answer = await rawRequest(daemon.url, head, body);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

describe('the Host gate', () => {
  test.each([
    ['loopback by number', 'GET /health HTTP/1.1\nHost: 127.0.0.1\nConnection: close', 200],
    ['loopback by name', 'GET /health HTTP/1.1\nHost: LOCALHOST:1234\nConnection: close', 200],
    ['a configured name', 'GET /health HTTP/1.1\nHost: tv.home.arpa\nConnection: close', 200],
    ['a name that was rebound', 'GET /health HTTP/1.1\nHost: evil.example\nConnection: close', 421],
    [
      'two Host lines',
      'GET /health HTTP/1.1\nHost: localhost\nHost: localhost\nConnection: close',
      400,
    ],
    ['no Host line', 'GET /health HTTP/1.0', 400],
    [
      'a foreign absolute target',
      'GET http://evil.example/health HTTP/1.1\nHost: localhost\nConnection: close',
      421,
    ],
    [
      'our absolute target',
      'GET http://localhost/health HTTP/1.1\nHost: localhost\nConnection: close',
      200,
    ],
    ['a Host that is no name', 'GET /health HTTP/1.1\nHost: a b\nConnection: close', 400],
  ])('%s', async (_, head, status) => {
    expect(await statusOf(head)).toBe(status);
  });
});

describe('the Origin gate', () => {
  const post = (headers: Record<string, string>) =>
    daemon.fetch('/auth/codes', { method: 'POST', headers });

  test('another page may not change anything, whatever it holds', async () => {
    const foreign = await post({ origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toMatchObject({ error: { code: 'ORIGIN_NOT_ALLOWED' } });
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: daemon.url })).status).toBe(200);
  });

  test('a form of another page cannot send JSON as text', async () => {
    const response = await daemon.fetch('/auth/session', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"code":"x"}',
    });
    expect(response.status).toBe(415);
  });
});

describe('signing in', () => {
  const enter = (code: string) =>
    fetch(`${daemon.url}/api/v1/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });

  test('the address holds its code in the fragment, where no log sees it', () => {
    const { url, code } = daemon.signInCode();
    expect(url).toBe(`${daemon.url}/#enter=${code}`);
  });

  test('a code gives a cookie once; it watches and changes nothing', async () => {
    const { code } = daemon.signInCode();
    const response = await enter(code);
    const setCookie = response.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await enter(code)).status).toBe(401);

    const cookie = setCookie.split(';')[0] ?? '';
    const ask = (path: string, method = 'GET') =>
      fetch(`${daemon.url}/api/v1${path}`, { method, headers: { cookie } });
    expect(await (await ask('/auth/session')).json()).toMatchObject({ user: { role: 'user' } });
    expect((await ask('/videos')).status).toBe(200);
    for (const path of ['/auth/codes', '/upload/start', '/import', '/jobs']) {
      const refused = await ask(path, 'POST');
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        error: { code: 'AUTH_INSUFFICIENT_PERMISSIONS' },
      });
    }
    const out = await ask('/auth/session', 'DELETE');
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/);
    expect((await ask('/videos')).status).toBe(401);
  });

  test('a wrong bearer token is not made good by a cookie', async () => {
    const { code } = daemon.signInCode('admin');
    const cookie = (await enter(code)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const headers = { cookie, authorization: 'Bearer wrong' };
    expect((await fetch(`${daemon.url}/api/v1/videos`, { headers })).status).toBe(401);
  });
});

describe('limits', () => {
  test('a JSON body over 1 MB is 413, before it is read', async () => {
    const size = 1024 * 1024 + 1;
    const head = `POST /api/v1/upload/start HTTP/1.1\nHost: localhost\nAuthorization: Bearer ${daemon.token}\nContent-Type: application/json\nContent-Length: ${size}\nConnection: close`;
    expect(await statusOf(head)).toBe(413);
  });

  test('an endless JSON body is 413', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)),
    });
    const response = await daemon.fetch('/upload/start', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  test('JSON that is none, and fields that do not fit, are 400 and named', async () => {
    const send = (body: string) =>
      daemon.fetch('/upload/start', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await send('{')).status).toBe(400);
    const response = await send('{"filename":"a.mp4","totalSize":1.5}');
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toMatch(/totalSize: .*; chunkSize: /);
  });
});
