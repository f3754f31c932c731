import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { errorResponse } from '../../../src/daemon/http/answer/error-response.js';
import { pageRoutes } from '../../../src/daemon/http/viewing/pages.js';

let directory: string;
let app: Hono<AppEnv>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-pages-'));
  const web = join(directory, 'web');
  await mkdir(join(web, 'inner.js'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<!doctype html>');
  await writeFile(join(web, 'app.js'), 'play()');
  await writeFile(join(web, 'notes.txt'), 'not for everyone');
  await writeFile(join(directory, 'secret.js'), 'secret');
  await symlink(join(directory, 'secret.js'), join(web, 'link.js'));
  app = new Hono<AppEnv>().route('/', pageRoutes(web));
  app.onError((error, c) => errorResponse(c, error));
});

afterAll(() => rm(directory, { recursive: true }));

test('the page is asked for again each time and lets nothing foreign in', async () => {
  const response = await app.request('/');
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
});

test('a page that has not changed is not sent again', async () => {
  const etag = (await app.request('/')).headers.get('etag') ?? '';
  const again = await app.request('/', { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

test('a named build is kept for good, an unnamed one is not', async () => {
  const named = await app.request('/app.js?v=0123456789ab');
  expect(await named.text()).toBe('play()');
  expect(named.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(named.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await app.request('/app.js')).headers.get('cache-control')).toBe('no-cache');
});

test.each([
  '/absent.js',
  '/notes.txt',
  '/link.js',
  '/inner.js',
  '/..%2fsecret.js',
  '/%2e%2e%2fsecret.js',
  '/inner.js/x.js',
])('%s is 404', async (path) => {
  const response = await app.request(path);
  expect(response.status).toBe(404);
});
