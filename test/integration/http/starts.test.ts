import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.close());

test('health is open and says who answers', async () => {
  const response = await fetch(`${daemon.url}/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ pid: process.pid, apiVersion: 'v1' });
});

test('the token and the home are for their owner only', async () => {
  expect((await stat(join(daemon.home, 'token'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(daemon.home, 'media'))).mode & 0o777).toBe(0o700);
});

test('daemon.json tells where the daemon is, and is gone with it', async () => {
  const facts = JSON.parse(await readFile(join(daemon.home, 'daemon.json'), 'utf8')) as object;
  expect(facts).toMatchObject({ pid: process.pid, url: daemon.url });
});

test('an upload of one request becomes a video', async () => {
  const bytes = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(100_000, 7)]);
  const response = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body: bytes,
  });
  expect(response.status).toBe(202);
  const { videoId } = (await response.json()) as { videoId: string };
  const view = await (await daemon.fetch(`/videos/${videoId}`)).json();
  expect(view).toMatchObject({ title: 'Goblin S01E03', season: 1, episode: 3 });
});
