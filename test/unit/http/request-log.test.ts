import { Hono } from 'hono';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { requestLog } from '../../../src/daemon/http/gates/request-log.js';
import { systemClock } from '../../../src/daemon/clock.js';
import { KdramaError } from '../../../src/shared/errors.js';

test('the answer goes on as it is: a new one would have to copy the bytes of a segment', async () => {
  const answer = new Response(new Uint8Array(10));
  const app = new Hono<AppEnv>()
    .use(requestLog(pino({ level: 'silent' }), systemClock))
    .get('/', () => answer);
  expect(await app.request('/')).toBe(answer);
  expect(answer.headers.get('x-request-id')).toMatch(/./);
});

test('a segment that is still being made is no error in the log', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const app = new Hono<AppEnv>()
    .use(requestLog(log, systemClock))
    .onError((_, c) => c.text('', 503))
    .get('/pending', () => {
      throw new KdramaError('STREAM_SEGMENT_PENDING');
    })
    .get('/broken', () => {
      throw new Error('broken');
    });
  await app.request('/pending');
  await app.request('/broken');
  const levels = lines.map((line) => (JSON.parse(line) as { level: number }).level);
  expect(levels).toEqual([30, 50]);
});
