import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sendBytes, sendFile } from '../../../src/daemon/http/answer/file-response.js';
import { errorKind, KdramaError } from '../../../src/shared/errors.js';

const small = randomBytes(10_000);
const large = randomBytes(24 * 1024 * 1024);
let directory: string;
let server: Server;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-file-response-'));
  await writeFile(join(directory, 'small'), small);
  await writeFile(join(directory, 'large'), large);
  await symlink(join(directory, 'small'), join(directory, 'link'));
  server = serve({ fetch: app().fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

function app(): Hono {
  const hono = new Hono();
  const facts = { contentType: 'video/mp4', etag: 'one', cacheControl: 'no-cache' };
  hono.get('/file/:name', (c) =>
    sendFile(c, { ...facts, path: join(directory, c.req.param('name')) }),
  );
  hono.get('/damaged', (c) =>
    sendFile(c, { ...facts, path: join(directory, 'small'), sizeBytes: 9_999 }),
  );
  hono.get('/bytes', (c) => sendBytes(c, { ...facts, bytes: new Uint8Array(small) }));
  hono.onError((error, c) => {
    const code = error instanceof KdramaError ? error.code : 'INTERNAL';
    return c.json({ code }, errorKind(code).status as 404);
  });
  return hono;
}

async function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  const outgoing = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await incoming.toArray());
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body };
}

/** Paths of our test directory that this process holds open. */
function openFiles(): string[] {
  const descriptors = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return descriptors.filter((path) => path.startsWith(directory));
}

test.each([
  ['small', small],
  ['large', large],
])('a %s file arrives whole with its length and its tag', async (name, bytes) => {
  const answer = await get(`/file/${name}`);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-length': String(bytes.length),
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    etag: '"one"',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.body.equals(bytes)).toBe(true);
});

test.each([
  ['small', small, 'bytes=100-199', 100, 200],
  ['large', large, 'bytes=1000-20000000', 1000, 20_000_001],
  ['large', large, 'bytes=-5', large.length - 5, large.length],
])('a part of a %s file is exactly that part', async (name, bytes, range, start, end) => {
  const answer = await get(`/file/${name}`, { range });
  expect(answer.status).toBe(206);
  expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${bytes.length}`);
  expect(answer.headers['content-length']).toBe(String(end - start));
  expect(answer.body.equals(bytes.subarray(start, end))).toBe(true);
});

test('several ranges get the whole file', async () => {
  const answer = await get('/file/small', { range: 'bytes=0-1,5-6' });
  expect(answer.status).toBe(200);
  expect(answer.body.equals(small)).toBe(true);
});

test('If-Range with another tag gets the whole file instead of a part that does not fit', async () => {
  const other = await get('/file/small', { range: 'bytes=0-9', 'if-range': '"two"' });
  expect([other.status, other.body.length]).toEqual([200, small.length]);
  const same = await get('/file/small', { range: 'bytes=0-9', 'if-range': '"one"' });
  expect([same.status, same.body.length]).toEqual([206, 10]);
});

test('a range outside the file is 416 and says how large the file is', async () => {
  const answer = await get('/file/small', { range: 'bytes=10000-' });
  expect(answer.status).toBe(416);
  expect(answer.headers['content-range']).toBe('bytes */10000');
});

test('a client that has the bytes gets 304 without a body, also when it names a range', async () => {
  const answer = await get('/file/small', { 'if-none-match': '"one"', range: 'bytes=0-9' });
  expect([answer.status, answer.body.length]).toEqual([304, 0]);
  expect(answer.headers.etag).toBe('"one"');
});

test('HEAD says what GET would say and holds no file open', async () => {
  const answer = await get('/file/large', {}, 'HEAD');
  expect([answer.status, answer.body.length]).toEqual([200, 0]);
  expect(answer.headers['content-length']).toBe(String(large.length));
  expect(openFiles()).toEqual([]);
});

test('computed bytes follow the same rules', async () => {
  const answer = await get('/bytes', { range: 'bytes=-4' });
  expect(answer.status).toBe(206);
  expect(answer.body.equals(small.subarray(-4))).toBe(true);
});

test('a symlink, a directory and nothing at all are 404', async () => {
  for (const path of ['/file/link', '/file/.', '/file/absent', '/file/%2e']) {
    expect((await get(path)).status, path).toBe(404);
  }
  expect(openFiles()).toEqual([]);
});

test('a file of another size than the database knows is not sent', async () => {
  expect((await get('/damaged')).status).toBe(500);
});

test.skipIf(!existsSync('/proc/self/fd'))('a client that goes away closes the file', async () => {
  const outgoing = request({ host: '127.0.0.1', port, path: '/file/large' }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  await once(incoming, 'readable');
  expect(openFiles()).toHaveLength(1);
  outgoing.destroy();
  await vi.waitFor(() => expect(openFiles()).toEqual([]), { timeout: 5_000 });
});
