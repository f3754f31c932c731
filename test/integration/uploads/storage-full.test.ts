import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UploadStatus } from '../../../src/shared/contract/index.js';
import { startTestDaemon } from '../../support/daemon.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

const MiB = 1024 * 1024;

test('an upload that cannot fit is refused before its first byte, others counted in', async () => {
  const freeBytes = () => Promise.resolve(10_000);
  const daemon = await startTestDaemon({ freeBytes, runTask: endlessTask });
  const client = uploadClient(daemon);
  const start = (totalSize: number) => client.start({ totalSize, chunkSize: 1000 });
  const refused = await start(5000);
  expect(refused.status).toBe(507);
  expect(await refused.json()).toMatchObject({
    error: { code: 'STORAGE_FULL', details: { neededBytes: 11_000, freeBytes: 10_000 } },
  });
  expect((await start(4000)).status).toBe(200);
  expect((await start(4000)).status).toBe(507);
  await daemon.close();
});

/** A file system of a few megabytes; undefined where we may not mount one. */
async function smallDisk(size: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kdrama-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
}

const disk = await smallDisk('3m');

test.skipIf(disk === undefined)(
  'a disk that fills up half-way costs nothing: with more room the upload goes on',
  async ({ onTestFinished }) => {
    const folder = disk ?? '';
    onTestFinished(async () => {
      execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
    });
    const daemon = await startTestDaemon({
      freeBytes: () => Promise.resolve(1e13),
      runTask: endlessTask,
      env: { KDRAMA_MEDIA_DIR: folder },
    });
    const client = uploadClient(daemon);
    const bytes = videoBytes(5 * MiB);
    const { uploadId } = await client.started({ totalSize: bytes.length, chunkSize: MiB });
    const send = (index: number) =>
      client.chunk(uploadId, index, bytes.subarray(index * MiB, (index + 1) * MiB));
    const statuses = [];
    for (const index of [0, 1, 2, 3, 4]) statuses.push((await send(index)).status);
    expect(statuses).toContain(507);
    expect(statuses[0]).toBe(200);

    const put = await daemon.fetch('/upload?filename=a.mkv', {
      method: 'PUT',
      body: new Uint8Array(videoBytes(4 * MiB)),
    });
    expect(put.status).toBe(507);
    const path = join(daemon.home, 'b.mkv');
    await writeFile(path, videoBytes(4 * MiB));
    const { uploadId: importId } = (await (await client.post('/import', { path })).json()) as {
      uploadId: string;
    };
    let imported: UploadStatus;
    do imported = (await (await daemon.fetch(`/upload/${importId}`)).json()) as UploadStatus;
    while (imported.state === 'importing');
    expect(imported.error?.code).toBe('STORAGE_FULL');
    expect(await readdir(join(folder, 'uploads'))).toEqual([uploadId]);

    execFileSync('mount', ['-o', 'remount,size=20m', folder]);
    const state = (await (await daemon.fetch(`/upload/${uploadId}`)).json()) as UploadStatus;
    expect(state.missingChunks.length).toBeGreaterThan(0);
    for (const index of state.missingChunks) expect((await send(index)).status).toBe(200);
    expect((await client.complete(uploadId, sha256(bytes))).status).toBe(202);
    await daemon.close();
  },
);
