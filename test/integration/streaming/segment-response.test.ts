import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { sendSegment } from '../../../src/daemon/http/answer/segment-response.js';
import { SegmentMemory } from '../../../src/daemon/streaming/segment-memory.js';

/** More than the sockets of both ends take up: a client that does not read holds up its answer. */
const segment = randomBytes(48 * 1024 * 1024);
const names = ['a', 'b', 'c', 'd'];
const memory = new SegmentMemory({
  ...{ keptBytes: segment.length, spareBytes: segment.length },
  clock: { monotonic: () => performance.now() },
});
let directory: string;
let server: Server;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-segment-response-'));
  for (const name of names) await writeFile(join(directory, name), segment);
  const facts = { contentType: 'video/mp4', etag: 'one', cacheControl: 'no-cache' };
  const app = new Hono<AppEnv>().get('/:name', (c) => {
    const path = join(directory, c.req.param('name'));
    return sendSegment(c, memory, { ...facts, path, sizeBytes: segment.length });
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
