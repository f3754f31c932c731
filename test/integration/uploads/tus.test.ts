import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { homeLayout } from '../../../src/daemon/layout.js';
import { openStore } from '../../../src/daemon/store/store.js';
import type { UploadStatus } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { sha1Base64, sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { tusClient } from '../../support/tus-client.js';

const MiB = 1024 * 1024;
let daemon: TestDaemon;
let tus: ReturnType<typeof tusClient>;
const sockets: Socket[] = [];

beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
  tus = tusClient(daemon);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(() => daemon.close());

/** A PATCH that announces more than it sends; its socket stays open. */
async function begunPatch(
  to: TestDaemon,
  path: string,
  offset: number,
  announced: number,
  bytes: Uint8Array,
  more: readonly string[] = [],
): Promise<Socket> {
  const { hostname, port } = new URL(to.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  sockets.push(socket);
  const head = [
    `PATCH ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${to.token}`,
    'Tus-Resumable: 1.0.0',
    `Upload-Offset: ${offset}`,
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${announced}`,
    ...more,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise((done) => socket.write(bytes, done));
  return socket;
}

/** Looks without disturbing whoever sends, until so many bytes are recorded. */
async function recorded(to: TestDaemon, path: string, atLeast: number): Promise<number> {
  for (;;) {
    const status = (await (await to.fetch(path)).json()) as UploadStatus;
    if (status.receivedBytes >= atLeast) return status.receivedBytes;
    await pause(20);
  }
}

async function statusOf(socket: Socket): Promise<number> {
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString())?.[1]);
}

async function expectVideo(from: TestDaemon, id: string, bytes: Buffer): Promise<void> {
  const source = await from.fetch(`/videos/${id}/source`);
  expect(source.status).toBe(200);
  expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
}

const idOf = (path: string) => path.split('/').at(-1) ?? '';

test('what came before a connection broke counts', async () => {
  const bytes = videoBytes(3 * MiB);
  const path = await tus.created(bytes.length);
  const socket = await begunPatch(daemon, path, 0, bytes.length, bytes.subarray(0, 2_000_000));
  await recorded(daemon, path, 1);
  socket.destroy();
  const offset = await tus.offset(path);
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThanOrEqual(2_000_000);
  expect((await tus.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
  await expectVideo(daemon, idOf(path), bytes);
});

test('a connection that broke unnoticed does not keep anyone from going on', async () => {
  const bytes = videoBytes(3 * MiB);
  const path = await tus.created(bytes.length);
  const silent = await begunPatch(daemon, path, 0, bytes.length, bytes.subarray(0, MiB));
  await recorded(daemon, path, 1);
  const answered = statusOf(silent);
  const offset = await tus.offset(path);
  expect(await answered).toBe(423);
  expect(offset).toBeGreaterThan(0);
  // The offset stays: nothing of the old request is written any more.
  expect(await tus.offset(path)).toBe(offset);
  expect((await tus.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
  await expectVideo(daemon, idOf(path), bytes);
});

test('whoever sends does not hold up DELETE', async () => {
  const path = await tus.created(3 * MiB);
  const sender = await begunPatch(daemon, path, 0, 3 * MiB, videoBytes(MiB));
  await recorded(daemon, path, 1);
  const answered = statusOf(sender);
  expect((await tus.remove(path)).status).toBe(204);
  expect(await answered).toBe(423);
});

test('of many that send the same bytes at once the file is made of one', async () => {
  const bytes = videoBytes(2 * MiB);
  const path = await tus.created(bytes.length);
  const sent = await Promise.all(
    Array.from({ length: 8 }, async () => (await tus.patch(path, 0, bytes)).status),
  );
  expect(sent.every((status) => [204, 409, 413, 423].includes(status))).toBe(true);
  const offset = await tus.offset(path);
  if (offset < bytes.length) await tus.patch(path, offset, bytes.subarray(offset));
  await expectVideo(daemon, idOf(path), bytes);
});

test('with a checksum nothing counts when the connection breaks', async () => {
  const bytes = videoBytes(3 * MiB);
  const path = await tus.created(bytes.length);
  const checksum = `Upload-Checksum: sha1 ${sha1Base64(bytes)}`;
  const socket = await begunPatch(daemon, path, 0, bytes.length, bytes.subarray(0, 2 * MiB), [
    checksum,
  ]);
  socket.destroy();
  expect(await tus.offset(path)).toBe(0);
  expect((await tus.patch(path, 0, bytes)).status).toBe(204);
  await expectVideo(daemon, idOf(path), bytes);
});

test('one byte a request works, and takes one row', async () => {
  const bytes = videoBytes(200);
  const path = await tus.created(bytes.length);
  for (const index of bytes.keys()) {
    expect((await tus.patch(path, index, bytes.subarray(index, index + 1))).status).toBe(204);
  }
  await expectVideo(daemon, idOf(path), bytes);
});

test('a daemon that is stopped in the middle keeps what came', async () => {
  const first = await startTestDaemon({ runTask: endlessTask });
  const bytes = videoBytes(3 * MiB);
  const path = await tusClient(first).created(bytes.length, { filename: 'a.mkv' });
  await begunPatch(first, path, 0, bytes.length, bytes.subarray(0, 2 * MiB));
  const seen = await recorded(first, path, 1);
  await first.stop();
  const second = await startTestDaemon({ home: first.home, runTask: endlessTask });
  const again = tusClient(second);
  const offset = await again.offset(path);
  expect(offset).toBeGreaterThanOrEqual(seen);
  expect((await again.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
  await expectVideo(second, idOf(path), bytes);
  await second.stop();
  await first.close();
});

test('an upload that was whole when the daemon died becomes a video at the next start', async () => {
  const first = await startTestDaemon({ runTask: endlessTask });
  const bytes = videoBytes(MiB);
  const path = await tusClient(first).created(bytes.length);
  await tusClient(first).patch(path, 0, bytes.subarray(0, -10));
  await first.stop();
  await recordTheRest(first.home, idOf(path), bytes);
  const second = await startTestDaemon({ home: first.home, runTask: endlessTask });
  // Nobody asks for the upload: the video is there by itself.
  while ((await second.fetch(`/videos/${idOf(path)}`)).status !== 200) await pause(20);
  await expectVideo(second, idOf(path), bytes);
  await second.stop();
  await first.close();
});

/** As a daemon leaves it that dies between the record of the last byte and the video. */
async function recordTheRest(home: string, id: string, bytes: Buffer): Promise<void> {
  const layout = homeLayout(home);
  const file = await open(layout.upload(id), 'r+');
  await file.write(bytes.subarray(-10), 0, 10, bytes.length - 10);
  await file.close();
  const store = openStore(layout.database);
  store.uploads.ranges.extend(id, bytes.length);
  store.close();
}

test('a client that comes back to a removed video is told to send it again', async () => {
  const first = await startTestDaemon({ runTask: endlessTask });
  const path = await tusClient(first).created(5000);
  await tusClient(first).patch(path, 0, videoBytes(5000));
  expect(await tusClient(first).offset(path)).toBe(5000);
  await first.stop();
  const database = new Database(homeLayout(first.home).database);
  database.pragma('foreign_keys = ON');
  database.exec('DELETE FROM videos');
  database.close();
  const second = await startTestDaemon({ home: first.home, runTask: endlessTask });
  expect((await tusClient(second).head(path)).status).toBe(404);
  await second.stop();
  await first.close();
});
