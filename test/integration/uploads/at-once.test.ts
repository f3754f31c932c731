import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

let daemon: TestDaemon;
let client: ReturnType<typeof uploadClient>;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
  client = uploadClient(daemon);
});
afterAll(() => daemon.close());

test('chunks in parallel and in reverse make the same file', async () => {
  const bytes = videoBytes(1_000_000);
  const chunkSize = 70_000;
  const { uploadId, chunkUrls } = await client.started({ totalSize: bytes.length, chunkSize });
  const sent = chunkUrls.map((_, index) => {
    const at = chunkUrls.length - 1 - index;
    return client.chunk(uploadId, at, bytes.subarray(at * chunkSize, (at + 1) * chunkSize));
  });
  expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([200]));
  expect((await client.complete(uploadId, sha256(bytes))).status).toBe(202);
});

test('of two that write other bytes to one place, one wins and the other is told 409', async () => {
  const [one, two] = [videoBytes(500_000), videoBytes(500_000)];
  const { uploadId } = await client.started({ totalSize: 500_000, chunkSize: 500_000 });
  const answers = await Promise.all([
    client.chunk(uploadId, 0, one),
    client.chunk(uploadId, 0, two),
  ]);
  const statuses = answers.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 409]));
  const winner = statuses[0] === 200 ? one : two;
  expect((await client.complete(uploadId, sha256(winner))).status).toBe(202);
});

test('complete asked for twice at once gives one video', async () => {
  const bytes = videoBytes(300_000);
  const uploadId = await client.sent(bytes, 100_000);
  const answers = await Promise.all([1, 2, 3].map(() => client.complete(uploadId, sha256(bytes))));
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
});

test('the same content sent twice at once is one video', async () => {
  const bytes = videoBytes(300_000);
  const ids = [await client.sent(bytes, 100_000), await client.sent(bytes, 300_000)];
  const answers = await Promise.all(ids.map((id) => client.complete(id, sha256(bytes))));
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as {
    videoId: string;
  }[];
  expect(bodies[0]?.videoId).toBe(bodies[1]?.videoId);
  const stored = await readdir(join(daemon.home, 'media/videos'));
  expect(ids.filter((id) => stored.includes(id))).toEqual([bodies[0]?.videoId]);
});

test('an abort while a chunk is on its way leaves no file behind', async () => {
  const bytes = videoBytes(2_000_000);
  const { uploadId } = await client.started({ totalSize: 2_000_000, chunkSize: 1_000_000 });
  const chunk = client.chunk(uploadId, 0, bytes.subarray(0, 1_000_000));
  const abort = await daemon.fetch(`/upload/${uploadId}`, { method: 'DELETE' });
  expect(abort.status).toBe(204);
  expect([200, 404]).toContain((await chunk).status);
  expect(await readdir(join(daemon.home, 'media/uploads'))).not.toContain(uploadId);
});

test('a body that is cut off leaves nothing behind', async () => {
  const abort = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(videoBytes(100_000))),
  });
  const put = daemon.fetch('/upload?filename=a.mkv', {
    method: 'PUT',
    body,
    duplex: 'half',
    signal: abort.signal,
  } as RequestInit);
  const folder = join(daemon.home, 'media/uploads');
  const before = await readdir(folder);
  await expect.poll(async () => (await readdir(folder)).length).toBeGreaterThan(before.length);
  abort.abort();
  await expect(put).rejects.toThrow();
  await expect.poll(() => readdir(folder)).toEqual(before);
});
