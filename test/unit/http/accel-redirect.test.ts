import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { accelRedirect } from '../../../src/daemon/http/answer/accel-redirect.js';
import type { AppEnv } from '../../../src/daemon/http/env.js';

const file = {
  ...{ path: '/data/media/videos/v/p/720p-v1/3.m4s', contentType: 'video/mp4' },
  ...{ etag: 'one', cacheControl: 'immutable' },
};

function ask(location: string | undefined, isThroughTrustedProxy: boolean) {
  const app = new Hono<AppEnv>().get('/', (c) => {
    c.set('isThroughTrustedProxy', isThroughTrustedProxy);
    const accel = { location, directory: '/data/media' };
    return accelRedirect(c, accel, file) ?? c.text('its bytes');
  });
  return app.request('/');
}

test('a trusted proxy is told where the file lies, and of what kind it is', async () => {
  const response = await ask('/kdrama-media/', true);
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(Object.fromEntries(response.headers)).toEqual({
    'x-accel-redirect': '/kdrama-media/videos/v/p/720p-v1/3.m4s',
    'content-type': 'video/mp4',
    'cache-control': 'immutable',
  });
});

test.each([
  ['is not set up', undefined, true],
  ['did not come through one', '/kdrama-media/', false],
])('the bytes themselves come where it %s', async (_, location, isThroughTrustedProxy) => {
  const response = await ask(location, isThroughTrustedProxy);
  expect(await response.text()).toBe('its bytes');
  expect(response.headers.has('x-accel-redirect')).toBe(false);
});
