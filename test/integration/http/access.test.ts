import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessOf, isListed } from '../../../src/daemon/http/auth/access.js';
import { pageRoutes } from '../../../src/daemon/http/viewing/pages.js';
import { apiRoutes } from '../../../src/daemon/http/routes.js';
import { createSessions } from '../../../src/daemon/http/auth/session.js';
import { signInAddresses } from '../../../src/daemon/http/auth/sign-in-address.js';
import { createSignInCodes } from '../../../src/daemon/http/auth/sign-in-codes.js';
import { openTestServices, type TestServices } from '../../support/services.js';

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

function allRoutes() {
  const { clock } = services;
  const codes = createSignInCodes(clock);
  const sessions = createSessions({
    devices: services.store.devices,
    clock,
    cookieName: 'kdrama',
    userOf: () => undefined,
  });
  const auth = { codes, sessions, signInAddress: signInAddresses(codes, () => '') };
  const apps = [...apiRoutes(services, auth, { accelLocation: undefined }), pageRoutes('/nowhere')];
  return apps.flatMap((app) => app.routes).filter(({ method }) => method !== 'ALL');
}

test('every route stands in the table of who may use it', () => {
  const unlisted = allRoutes().filter(({ method, path }) => !isListed(method, path));
  expect(unlisted.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('a route that nobody listed is for admins only', () => {
  expect(accessOf('GET', '/api/v1/new/:thing')).toBe('admin');
});

test('only signing in, the page, health and signed streams are open', () => {
  const open = allRoutes().filter(({ method, path }) => accessOf(method, path) === 'open');
  expect(open.map(({ method, path }) => `${method} ${path.replace(/\{.*\}/, '')}`)).toEqual([
    'POST /auth/session',
    'DELETE /auth/session',
    'POST /auth/login',
    'POST /auth/validate',
    'GET /auth/validate',
    'GET /stream/:videoId/key/:key/video.mp4',
    'GET /stream/:videoId/key/:key/hls/master.m3u8',
    'GET /stream/:videoId/key/:key/hls/:planId/:name/:version/:file',
    'GET /',
    'GET /:file',
  ]);
});

test('those who only watch change nothing but how they themselves get in', () => {
  const changing = allRoutes()
    .filter(({ method }) => method !== 'GET')
    .filter(({ method, path }) => accessOf(method, path) === 'user');
  expect(changing.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /auth/logout',
    'POST /auth/password',
    'POST /tokens',
    'DELETE /tokens/:id',
  ]);
});
