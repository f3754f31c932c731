import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

let home: string;
let daemon: TestDaemon;
let now = Date.parse('2026-01-01T00:00:00Z');
const clock = { now: () => now, monotonic: () => performance.now() };

const start = async () => {
  daemon = await startTestDaemon({ home, clock, runTask: endlessTask });
};
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-test-'));
  await start();
});
afterAll(async () => {
  await daemon.close();
  await rm(home, { recursive: true, force: true });
});

const wish = { filename: 'a.mp4', totalSize: 100, chunkSize: 10, metadata: {} };

function begin(key: string, body: string | object = wish, path = '/api/v1/upload/start') {
  return daemon.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function code(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

describe('Idempotency-Key', () => {
  test('the same request again gets the same answer and starts nothing', async () => {
    const first = await begin('one');
    const again = await begin('one');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.status).toBe(first.status);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    const answer = (await first.json()) as { uploadId: string };
    expect(await again.json()).toEqual(answer);
    const other = (await (await begin('two')).json()) as { uploadId: string };
    expect(other.uploadId).not.toBe(answer.uploadId);
  });

  test('another request under the key is 422', async () => {
    await begin('three');
    const other = await begin('three', { ...wish, filename: 'b.mp4' });
    expect(other.status).toBe(422);
    expect(await code(other)).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await begin('three', JSON.stringify(wish, null, 1))).status).toBe(422); // bytes count
  });

  test('one operation does not see the keys of another', async () => {
    await begin('four');
    const response = await begin('four', { videoId: 'nothere' }, '/api/v1/jobs');
    expect(response.status).toBe(404);
  });

  test('what was refused can be corrected and sent under the same key', async () => {
    expect((await begin('five', { ...wish, filename: 'notes.txt' })).status).toBe(400);
    expect((await begin('five')).status).toBe(200);
  });

  test('of many at once one starts something, the others wait or get its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin('six')));
    const fresh = answers.filter(
      ({ status, headers }) => status === 200 && headers.get('idempotency-replayed') === null,
    );
    expect(fresh).toHaveLength(1);
    for (const answer of answers) {
      expect([200, 409]).toContain(answer.status);
      if (answer.status !== 409) continue;
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await code(answer)).toBe('IDEMPOTENCY_KEY_IN_USE');
    }
    expect((await begin('six')).headers.get('idempotency-replayed')).toBe('true');
  });

  test.each([['a b'], [''], ['x'.repeat(256)]])('%j is no key', async (key) => {
    const response = await begin(key);
    expect(response.status).toBe(400);
    expect(await code(response)).toBe('VALIDATION_FAILED');
  });

  test('it is answered after a restart too, and forgotten after 24 hours', async () => {
    const first = (await (await begin('seven')).json()) as unknown;
    await daemon.close();
    await start();
    now += 23 * 60 * 60 * 1000;
    const again = await begin('seven');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.json()).toEqual(first);
    now += 2 * 60 * 60 * 1000;
    expect((await begin('seven')).headers.get('idempotency-replayed')).toBeNull();
  });
});
