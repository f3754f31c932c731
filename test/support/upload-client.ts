import type { StartUploadResponse } from '../../src/shared/contract/index.js';
import type { TestDaemon } from './daemon.js';
import { sha256 } from './file-bytes.js';

/** A client of the chunked upload, written as the contract says. */
export function uploadClient(daemon: Pick<TestDaemon, 'fetch'>, prefix = '/api/v1') {
  const post = (path: string, body: unknown) =>
    daemon.fetch(`${prefix}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const client = {
    post,
    start: (body: object) =>
      post('/upload/start', { filename: 'episode1.mkv', metadata: {}, ...body }),
    async started(body: object): Promise<StartUploadResponse> {
      return (await (await client.start(body)).json()) as StartUploadResponse;
    },
    chunk: (uploadId: string, index: number, bytes: Buffer, checksum = sha256(bytes)) =>
      daemon.fetch(`${prefix}/upload/chunk/${uploadId}/${index}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-chunk-checksum': checksum },
        body: new Uint8Array(bytes),
      }),
    complete: (uploadId: string, finalChecksum: string) =>
      post(`/upload/complete/${uploadId}`, { finalChecksum }),
    /** Start and all chunks but not `complete`. */
    async sent(bytes: Buffer, chunkSize: number, extra: object = {}): Promise<string> {
      const { uploadId, chunkUrls } = await client.started({
        totalSize: bytes.length,
        chunkSize,
        ...extra,
      });
      for (const index of chunkUrls.keys()) {
        const part = bytes.subarray(index * chunkSize, (index + 1) * chunkSize);
        const response = await client.chunk(uploadId, index, part);
        if (response.status !== 200) throw new Error(await response.text());
      }
      return uploadId;
    },
  };
  return client;
}
