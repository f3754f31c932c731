import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { homeLayout } from '../../../src/daemon/layout.js';
import { openStore } from '../../../src/daemon/store/store.js';
import { identityOf } from '../../../src/daemon/uploads/identity.js';
import { stat } from 'node:fs/promises';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

const bytes = videoBytes(100_000);
let first: TestDaemon;
let layout: ReturnType<typeof homeLayout>;
beforeEach(async () => {
  first = await startTestDaemon({ runTask: endlessTask });
  layout = homeLayout(first.home);
});
afterEach(() => first.close());

/** Stops the daemon, lets `change` make the disk look like after a crash, starts it again. */
async function restart(change: () => Promise<unknown>): Promise<TestDaemon> {
  await first.stop();
  await change();
  return startTestDaemon({ home: first.home, runTask: endlessTask });
}

test('died between the rename and the transaction: complete works after all', async () => {
  const uploadId = await uploadClient(first).sent(bytes, 30_000);
  const second = await restart(async () => {
    await mkdir(layout.video(uploadId));
    await rename(layout.upload(uploadId), layout.source(uploadId));
  });
  const done = await uploadClient(second).complete(uploadId, sha256(bytes));
  expect(done.status).toBe(202);
  const source = await second.fetch(`/videos/${uploadId}/source`);
  expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
  await second.stop();
});

test('died between mkdir and the rename: complete works after all', async () => {
  const uploadId = await uploadClient(first).sent(bytes, 30_000);
  const second = await restart(() => mkdir(layout.video(uploadId)));
  expect((await uploadClient(second).complete(uploadId, sha256(bytes))).status).toBe(202);
  await second.stop();
});

test('files that no unfinished upload names are gone, the others are not', async () => {
  const uploadId = await uploadClient(first).sent(bytes, 30_000);
  const second = await restart(async () => {
    await writeFile(layout.upload('0rphan00000000'), 'half a body');
    await writeFile(layout.upload('somebody-elses'), 'not ours');
  });
  const left = [uploadId, 'somebody-elses'].toSorted();
  expect((await readdir(layout.uploads)).toSorted()).toEqual(left);
  await second.stop();
});

test('an import that was cut off is taken up again by itself', async () => {
  const path = join(first.home, 'episode1.mkv');
  await writeFile(path, bytes);
  const identity = identityOf(await stat(path));
  const second = await restart(async () => {
    const store = openStore(layout.database);
    store.uploads.insert({
      id: 'import00000000',
      kind: 'import',
      state: 'importing',
      filename: 'episode1.mkv',
      sizeBytes: bytes.length,
      chunkBytes: null,
      fingerprint: null,
      metadata: {},
      importFrom: { path, identity, link: false },
      videoId: null,
      createdAt: Date.now(),
      expiresAt: Date.now() + 1e6,
    });
    store.close();
    await writeFile(layout.upload('import00000000'), bytes.subarray(0, 10_000));
  });
  let state = 'importing';
  while (state === 'importing') {
    const status = await (await second.fetch('/upload/import00000000')).json();
    ({ state } = status as { state: string });
  }
  expect(state).toBe('complete');
  expect((await second.fetch('/videos/import00000000')).status).toBe(200);
  await second.stop();
});

test('a chunked upload goes on after a restart: only what was not acknowledged is missing', async () => {
  const client = uploadClient(first);
  const body = { totalSize: bytes.length, chunkSize: 30_000, fingerprint: 'f' };
  const { uploadId } = await client.started(body);
  await client.chunk(uploadId, 0, bytes.subarray(0, 30_000));
  await client.chunk(uploadId, 2, bytes.subarray(60_000, 90_000));
  const second = await restart(() => Promise.resolve());
  const again = uploadClient(second);
  expect((await again.started(body)).uploadId).toBe(uploadId);
  expect(await (await second.fetch(`/upload/${uploadId}`)).json()).toMatchObject({
    missingChunks: [1, 3],
    receivedBytes: 60_000,
  });
  await again.chunk(uploadId, 1, bytes.subarray(30_000, 60_000));
  await again.chunk(uploadId, 3, bytes.subarray(90_000));
  expect((await again.complete(uploadId, sha256(bytes))).status).toBe(202);
  expect(existsSync(layout.upload(uploadId))).toBe(false);
  await second.stop();
});
