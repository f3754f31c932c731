import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignedInView } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const quota = 1000;
let daemon: TestDaemon;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    env: { KDRAMA_UPLOAD_QUOTA_BYTES: String(quota) },
  });
  for (const [username, role] of [
    ['ann', 'uploader'],
    ['bob', 'uploader'],
    ['kim', 'uploader'],
    ['eve', 'admin'],
  ] as const) {
    const password = 'a long sentence';
    await post(daemon.token, '/users', { username, password, role });
    const signedIn = await post(null, '/auth/login', { username, password });
    tokens[username] = ((await signedIn.json()) as SignedInView).token;
  }
});
afterAll(() => daemon.close());

function post(token: string | null, path: string, body: unknown): Promise<Response> {
  return fetch(`${daemon.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

const as = (username: string) => ({ authorization: `Bearer ${tokens[username]}` });

const start = (username: string, totalSize: number) =>
  post(tokens[username] ?? '', '/upload/start', {
    filename: 'a.mp4',
    totalSize,
    chunkSize: 1000,
    metadata: {},
  });

/** A body of unknown length. */
function streamed(bytes: number): RequestInit {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  return { method: 'PUT', body, duplex: 'half' } as RequestInit;
}

async function code(response: Response): Promise<[number, string]> {
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

describe('the quota of an uploader', () => {
  test('holds for all of their uploads together, not for those of others', async () => {
    const { uploadId } = (await (await start('ann', 600)).json()) as { uploadId: string };
    const refused = await start('ann', 600);
    expect(refused.status).toBe(413);
    const { error } = (await refused.json()) as { error: object };
    expect(error).toMatchObject({
      code: 'UPLOAD_QUOTA_EXCEEDED',
      details: { quotaBytes: quota, usedBytes: 600, neededBytes: 600 },
    });
    expect((await start('bob', 600)).status).toBe(200);
    const abort = { method: 'DELETE', headers: as('ann') };
    await fetch(`${daemon.url}/api/v1/upload/${uploadId}`, abort);
    expect((await start('ann', 1000)).status).toBe(200);
  });

  test('of many that start at once only what fits does', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => start('bob', 100)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  });

  test('holds for a body of unknown length, and for tus', async () => {
    const path = `${daemon.url}/api/v1/upload?filename=a.mp4`;
    const whole = await fetch(path, { ...streamed(900), headers: as('bob') });
    expect(await code(whole)).toEqual([413, 'UPLOAD_QUOTA_EXCEEDED']);
    const filename = Buffer.from('a.mp4').toString('base64');
    const created = await fetch(`${daemon.url}/api/v1/tus`, {
      method: 'POST',
      headers: {
        ...as('bob'),
        'tus-resumable': '1.0.0',
        'upload-length': '900',
        'upload-metadata': `filename ${filename}`,
      },
    });
    expect(created.status).toBe(413);
  });

  test('holds for subtitle files of their videos too', async () => {
    const headers = as('kim');
    const film = Buffer.concat([Buffer.from('000000186674797069736f6d', 'hex'), Buffer.alloc(500)]);
    const whole = { method: 'PUT', headers, body: film };
    const sent = await fetch(`${daemon.url}/api/v1/upload?filename=a.mp4`, whole);
    const { videoId } = (await sent.json()) as { videoId: string };
    const add = (name: string, lines: number) =>
      fetch(`${daemon.url}/api/v1/videos/${videoId}/subtitles?filename=${name}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: '1\n00:00:01,000 --> 00:00:02,000\n'.padEnd(400, 'words '.repeat(lines)),
      });
    expect((await add('a.ko.srt', 1)).status).toBe(201);
    expect(await code(await add('a.en.srt', 2))).toEqual([413, 'UPLOAD_QUOTA_EXCEEDED']);
  });

  test('admins have none', async () => {
    expect((await start('eve', 5000)).status).toBe(200);
    expect((await daemon.fetch('/upload?filename=a.mp4', streamed(5000))).status).toBe(400); // no video
  });
});
