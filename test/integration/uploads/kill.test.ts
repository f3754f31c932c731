import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UploadStatus } from '../../../src/shared/contract/index.js';
import { startDaemonProcess } from '../../support/daemon-process.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { tusClient } from '../../support/tus-client.js';
import { uploadClient } from '../../support/upload-client.js';

test('kill -9 in the middle of an upload loses nothing that was acknowledged', async () => {
  const home = await mkdtemp(join(tmpdir(), 'kdrama-kill-'));
  const bytes = videoBytes(20_000_000);
  const chunkSize = 1_000_000;
  const part = (index: number) => bytes.subarray(index * chunkSize, (index + 1) * chunkSize);

  let daemon = await startDaemonProcess(home);
  const body = { totalSize: bytes.length, chunkSize, fingerprint: 'same file' };
  const { uploadId, chunkUrls } = await uploadClient(daemon).started(body);
  const acknowledged = new Set<number>();
  for (let round = 0; round < 3; round += 1) {
    const client = uploadClient(daemon);
    const missing = [...chunkUrls.keys()].filter((index) => !acknowledged.has(index));
    const sending = missing.map(async (index) => {
      const response = await client.chunk(uploadId, index, part(index)).catch(() => undefined);
      if (response?.status === 200) acknowledged.add(index);
    });
    await Promise.race(sending); // at least one is acknowledged, others are on their way
    await daemon.end('SIGKILL');
    await Promise.all(sending);
    daemon = await startDaemonProcess(home);
    const status = (await (await daemon.fetch(`/upload/${uploadId}`)).json()) as UploadStatus;
    expect(status.missingChunks.filter((index) => acknowledged.has(index))).toEqual([]);
  }

  const client = uploadClient(daemon);
  expect((await client.started(body)).uploadId).toBe(uploadId);
  for (const index of chunkUrls.keys()) await client.chunk(uploadId, index, part(index));
  expect((await client.complete(uploadId, sha256(bytes))).status).toBe(202);
  const source = await daemon.fetch(`/videos/${uploadId}/source`);
  expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
  await daemon.end('SIGTERM');
  await rm(home, { recursive: true });
});

test('kill -9 between tus requests loses no offset that was acknowledged', async () => {
  const home = await mkdtemp(join(tmpdir(), 'kdrama-kill-'));
  const bytes = videoBytes(20_000_000);
  let daemon = await startDaemonProcess(home);
  const path = await tusClient(daemon).created(bytes.length);
  let acknowledged = 0;
  for (let round = 0; round < 3; round += 1) {
    const tus = tusClient(daemon);
    for (const end of [acknowledged + 1_500_000, acknowledged + 3_000_000]) {
      const response = await tus.patch(path, acknowledged, bytes.subarray(acknowledged, end));
      acknowledged = Number(response.headers.get('upload-offset'));
    }
    const cut = tus.patch(path, acknowledged, bytes.subarray(acknowledged)).catch(() => undefined);
    await daemon.end('SIGKILL');
    await cut;
    daemon = await startDaemonProcess(home);
    const offset = await tusClient(daemon).offset(path);
    expect(offset).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = offset;
  }
  await tusClient(daemon).patch(path, acknowledged, bytes.subarray(acknowledged));
  const source = await daemon.fetch(`/videos/${path.split('/').at(-1)}/source`);
  expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
  await daemon.end('SIGTERM');
  await rm(home, { recursive: true });
});
