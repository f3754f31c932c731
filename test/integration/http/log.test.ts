import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startTestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

test('each request is logged with method, path, status and milliseconds, and no secret', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
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
