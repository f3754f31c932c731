import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  daemon.fetch('/upload/start', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

async function refusal(
  response: Response,
): Promise<{ status: number; code: string; hint?: string }> {
  const { error } = (await response.json()) as { error: { code: string; hint?: string } };
  return { status: response.status, ...error };
}

const notValid = { status: 400, code: 'VALIDATION_FAILED' };

describe('bodies that are built to hurt', () => {
  test.each([
    ['100,000 lists in each other', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 objects in each other', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['100,000 objects that never end', '{"metadata":'.repeat(80_000)],
    ['100,000 keys', `{${Array.from({ length: 80_000 }, (_, key) => `"k${key}":1`).join(',')}}`],
    ['a prototype', '{"__proto__":{"filename":"a.mp4"},"totalSize":1}'],
    ['not text', new Uint8Array([0xff, 0xfe, 0x7b, 0x7d])],
    ['nothing', ''],
    ['two values', '{}{}'],
    ['a number beyond all', '{"filename":"a.mp4","totalSize":1e999,"chunkSize":1}'],
  ])('%s', async (_, body) => {
    expect(await refusal(await send(body))).toMatchObject(notValid);
  });

  test.each(['/upload/start', '/job'])(
    'what is nested too deeply goes no further: %s',
    async (path) => {
      const response = await daemon.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
      });
      expect(await refusal(response)).toMatchObject({
        ...notValid,
        message: expect.stringContaining('at most 32 levels') as string,
      });
    },
  );

  test('what was expected and what came is said of each field, with the next step', async () => {
    const response = await send('{"filename":7,"totalSize":"big","chunkSize":0}');
    const { error } = (await response.json()) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      message:
        'Request is not valid: filename: expected text, got 7; totalSize: expected a number, ' +
        'got "big"; chunkSize: expected at least 1, got 0',
      hint: expect.stringContaining('/docs') as string,
      details: { issues: [{ path: 'filename' }, { path: 'totalSize' }, { path: 'chunkSize' }] },
    });
  });
});

describe('headers that are too many', () => {
  const lines = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, line) => [`x-line-${line}`, 'a']));

  test('a hundred lines are a lot, more are refused', async () => {
    expect((await daemon.fetch('/videos', { headers: lines(80) })).status).toBe(200);
    const refused = await daemon.fetch('/videos', { headers: lines(120) });
    expect(await refusal(refused)).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  });
});

describe('every refusal has its status, its headers and a next step', () => {
  test.each([
    ['GET', '/no/such', 404, 'NOT_FOUND'],
    ['PATCH', '/videos', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/videos/nothere', 404, 'STREAM_VIDEO_NOT_FOUND'],
    ['GET', '/jobs/nothere', 404, 'TRANSCODE_JOB_NOT_FOUND'],
    ['GET', '/upload/nothere', 404, 'UPLOAD_NOT_FOUND'],
  ])('%s %s is %i', async (method, path, status, code) => {
    const response = await daemon.fetch(path, { method });
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const found = await refusal(response);
    expect(found).toMatchObject({ status, code });
    expect(found.hint).toMatch(/\w/);
  });

  test('a body of another type is 415', async () => {
    const refused = await refusal(await send('{}', { 'content-type': 'text/plain' }));
    expect(refused).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(refused.hint).toMatch(/Content-Type/);
  });
});
