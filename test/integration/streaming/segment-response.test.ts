import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect as connectHttp2, constants, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { sendSegment } from '../../../src/daemon/http/answer/segment-response.js';
import { SegmentMemory } from '../../../src/daemon/streaming/segment-memory.js';

/** Small ones that displace each other all the time: there is room for two or three of six. */
const small = Array.from({ length: 6 }, (_, at) => Buffer.alloc(300_000, String(at)));
const crowded = new SegmentMemory({
  ...{ keptBytes: 700_000, spareBytes: 350_000 },
  clock: { monotonic: () => performance.now() },
});

/** More than the sockets of both ends take up: a client that does not read holds up its answer. */
const segment = randomBytes(48 * 1024 * 1024);
const names = ['a', 'b', 'c', 'd'];
const memory = new SegmentMemory({
  ...{ keptBytes: segment.length, spareBytes: segment.length },
  clock: { monotonic: () => performance.now() },
});
const app = new Hono<AppEnv>();
let directory: string;
let server: Server;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-segment-response-'));
  for (const name of names) await writeFile(join(directory, name), segment);
  for (const [at, bytes] of small.entries()) await writeFile(join(directory, `${at}`), bytes);
  const facts = { contentType: 'video/mp4', etag: 'one', cacheControl: 'no-cache' };
  app.get('/:name', (c) => {
    const path = join(directory, c.req.param('name'));
    return sendSegment(c, memory, { ...facts, path, sizeBytes: segment.length });
  });
  app.get('/crowded/:name', (c) => {
    const path = join(directory, c.req.param('name'));
    return sendSegment(c, crowded, { ...facts, path, sizeBytes: 300_000 });
  });
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

/** Asks, sees that the answer begins, and reads no further. */
async function stalled(name: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /${name} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

async function whole(name: string): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/${name}`);
  return Buffer.from(await response.arrayBuffer()).equals(segment);
}

function openSegments(): number {
  const paths = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return paths.filter((path) => path.startsWith(directory)).length;
}

test.skipIf(!existsSync('/proc/self/fd'))(
  'clients that stop reading hold no more memory than there is for them; others get all of theirs',
  async () => {
    const sockets: Socket[] = [];
    for (const name of [...names, ...names]) sockets.push(await stalled(name));
    expect(memory.bytes).toBe(2 * segment.length);
    // The first of a, and both of b; the second of a came when a had made room for b.
    expect(openSegments()).toBe(5);
    for (const name of names) expect(await whole(name), name).toBe(true);
    for (const socket of sockets) socket.destroy();
    await expect.poll(openSegments).toBe(0);
    await expect.poll(() => memory.bytes).toBe(segment.length);
  },
);

test('one whose client has gone before it was read is let go', async () => {
  memory.forget(directory);
  const socket = connect(port, '127.0.0.1');
  socket.end('GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  socket.destroy();
  await once(socket, 'close');
  expect(await whole('a')).toBe(true);
  memory.forget(directory);
  await expect.poll(() => memory.bytes).toBe(0);
});

/** Each client takes all of them in an order of its own; some go away in the middle of one. */
async function displace(fetchOne: (at: number, leave: boolean) => Promise<Buffer | undefined>) {
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let step = 0; step < 24; step++) {
      const at = (step * (1 + (client % 5)) + client) % small.length;
      const bytes = await fetchOne(at, (client + step) % 7 === 0);
      if (bytes !== undefined) expect(bytes.equals(small[at]!), `segment ${at}`).toBe(true);
    }
  });
  await Promise.all(clients);
  crowded.forget(directory);
  await expect.poll(() => crowded.bytes).toBe(0);
}

test('memory that is used for one segment after the other never mixes them up', async () => {
  await displace(async (at, leave) => {
    const client = new AbortController();
    const url = `http://127.0.0.1:${port}/crowded/${at}`;
    const response = await fetch(url, { signal: client.signal });
    if (!leave) return Buffer.from(await response.arrayBuffer());
    client.abort();
    return undefined;
  });
});

test('nor over HTTP/2, where answers share a connection', async () => {
  const both = serve({ fetch: app.fetch, port: 0, createServer: createHttp2Server });
  await once(both, 'listening');
  const session = connectHttp2(`http://127.0.0.1:${(both.address() as AddressInfo).port}`);
  await displace(async (at, leave) => {
    const stream = session.request({ ':path': `/crowded/${at}` });
    await once(stream, 'response');
    if (!leave) return Buffer.concat(await stream.toArray());
    stream.close(constants.NGHTTP2_CANCEL);
    return undefined;
  });
  session.destroy();
  both.close();
});
