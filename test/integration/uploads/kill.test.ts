import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UploadStatus } from '../../../src/shared/contract/index.js';
import { startDaemonProcess } from '../../support/daemon-process.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
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
