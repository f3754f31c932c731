import { afterEach, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

let daemon: TestDaemon;
afterEach(() => daemon.close());

async function start(requestsPerMinute: number): Promise<void> {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    env: { KDRAMA_REQUESTS_PER_MINUTE: String(requestsPerMinute) },
  });
}

const ask = (path: string, init?: RequestInit) => fetch(`${daemon.url}/api/v1${path}`, init);
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

async function statuses(count: number, once: () => Promise<Response>): Promise<number[]> {
  const answers: number[] = [];
  for (let asked = 0; asked < count; asked++) {
    const response = await once();
    await response.arrayBuffer();
    answers.push(response.status);
  }
  return answers;
}

describe('rate limits', () => {
  test('a credential that asks too often waits, as Retry-After says, and others do not', async () => {
    await start(5);
    expect(await statuses(5, () => daemon.fetch('/videos'))).toEqual([200, 200, 200, 200, 200]);
    const refused = await daemon.fetch('/videos');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('RATE_LIMIT_EXCEEDED');
    expect(error.message).toMatch(/^Too many requests, please try again later\./);
  });

  test('an address without a credential is counted apart from those with one', async () => {
    await start(5);
    expect(await statuses(6, () => ask('/videos'))).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await ask('/health')).status).toBe(200);
    expect((await daemon.fetch('/videos')).status).toBe(200);
  });

  test('foreign hosts and pages are refused at a limit too', async () => {
    await start(3);
    const foreign = () =>
      ask('/upload/start', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(await statuses(4, foreign)).toEqual([403, 403, 403, 429]);
  });

  test('media is counted apart: a player never starves the page', async () => {
    await start(5);
    const segment = () => daemon.fetch('/stream/nothere/hls/p/1080p/v1/0.m4s');
    expect(new Set(await statuses(50, segment))).toEqual(new Set([404]));
    expect((await daemon.fetch('/videos')).status).toBe(200);
    expect((await segment()).status).toBe(429);
  });

  test('wrong tokens are slowed long before the limit of requests, the right one is not', async () => {
    await start(1000);
    const guess = () => ask('/videos', bearer(`wrong-${Math.random()}`));
    const answers = await statuses(11, guess);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await daemon.fetch('/videos')).status).toBe(200);
  });

  test('wrong sign-in codes are slowed, and then none is tried any more', async () => {
    await start(1000);
    const spend = (code: string) =>
      ask('/auth/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    const answers = await statuses(10, () => spend('wrong'));
    expect(new Set(answers)).toEqual(new Set([401]));
    expect((await spend(daemon.signInCode().code)).status).toBe(429);
    expect((await ask('/health')).status).toBe(200);
  });

  test('a cookie that has run out can ask for many things and still sign in again', async () => {
    await start(1000);
    const stale = { headers: { cookie: 'kdrama-session=gone' } };
    expect(new Set(await statuses(40, () => ask('/videos', stale)))).toEqual(new Set([401]));
    const { code } = daemon.signInCode();
    const signIn = await ask('/auth/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    expect(signIn.status).toBe(200);
  });
});
