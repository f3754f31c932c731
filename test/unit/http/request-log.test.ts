import { Hono } from 'hono';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { requestLog } from '../../../src/daemon/http/gates/request-log.js';
import { systemClock } from '../../../src/daemon/clock.js';

test('the answer goes on as it is: a new one would have to copy the bytes of a segment', async () => {
  const answer = new Response(new Uint8Array(10));
  const app = new Hono<AppEnv>()
    .use(requestLog(pino({ level: 'silent' }), systemClock))
    .get('/', () => answer);
  expect(await app.request('/')).toBe(answer);
  expect(answer.headers.get('x-request-id')).toMatch(/./);
});
