import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startTestDaemon } from '../../support/daemon.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask, failingTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

test('each request is logged with method, path, status and milliseconds, and no secret', async () => {
  const { lines, sink } = collector();
  const daemon = await startTestDaemon({ log: pino(sink), runTask: endlessTask });
  const response = await daemon.fetch('/videos?fingerprint=querysecret');
  await daemon.fetch('/stream/abc/key/keysecret/hls/master.m3u8');
  const { code } = daemon.signInCode();
  await daemon.close();
  const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(requests).toContainEqual(
    expect.objectContaining({
      requestId: response.headers.get('x-request-id'),
      method: 'GET',
      path: '/api/v1/videos',
      status: 200,
      ms: expect.any(Number) as number,
    }),
  );
  const text = lines.join('');
  for (const secret of [daemon.token, code, 'querysecret', 'keysecret']) {
    expect(text).not.toContain(secret);
  }
});

test('what happens to jobs and tasks is logged with the id of the job', async () => {
  const { lines, sink } = collector();
  const daemon = await startTestDaemon({ log: pino(sink), runTask: failingTask });
  const client = uploadClient(daemon);
  const bytes = videoBytes(5000);
  const uploadId = await client.sent(bytes, 5000);
  const accepted = await client.complete(uploadId, sha256(bytes));
  const { transcodingJobId: jobId } = (await accepted.json()) as { transcodingJobId: string };
  const job = await daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=60' } });
  expect(await job.json()).toMatchObject({ status: 'failed' });
  await daemon.close();
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const ofJob = entries.filter((entry) => entry['jobId'] === jobId);
  expect(ofJob).toContainEqual(
    expect.objectContaining({
      msg: 'task failed',
      level: 40,
      kind: 'probe',
      error: expect.objectContaining({ code: 'TRANSCODE_FAILED' }) as unknown,
    }),
  );
  expect(ofJob.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['job.created', 'job.failed']),
  );
});

/** The lines that a logger writes. */
function collector(): { lines: string[]; sink: Writable } {
  const lines: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  return { lines, sink };
}
