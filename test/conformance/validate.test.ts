import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UploadAccepted, VideoView } from '../../src/shared/contract/index.js';
import type { Role } from '../../src/shared/states.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { videoBytes } from '../support/file-bytes.js';
import { inSeconds, jsonWebToken } from '../support/json-web-token.js';
import { endlessTask } from '../support/tasks.js';

const secret = 'a secret that is shared with other programs';
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask, env: { KDRAMA_JWT_SECRET: secret } });
});
afterAll(() => daemon.close());

const claims = (role: Role) => ({
  userId: `id-of-${role}`,
  username: 'Mina 미나',
  role,
  exp: inSeconds(3600),
});
const tokenOf = (role: Role) => jsonWebToken(secret, claims(role));

interface Validation {
  readonly token?: string;
  readonly uri?: string;
  readonly method?: string;
  readonly by?: 'GET' | 'POST';
  readonly at?: string;
}

async function validate({
  token,
  uri,
  method,
  by = 'POST',
  at = '/api/v1',
}: Validation): Promise<{ status: number; headers: Headers; body: any }> {
  const response = await fetch(`${daemon.url}${at}/auth/validate`, {
    method: by,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(uri !== undefined && { 'x-original-uri': uri }),
      ...(method !== undefined && { 'x-original-method': method }),
    },
  });
  const { status, headers } = response;
  return { status, headers, body: await response.json() };
}

describe('POST and GET /auth/validate, with and without prefix', () => {
  test.each([
    ['POST', ''],
    ['GET', ''],
    ['POST', '/api'],
    ['GET', '/api'],
    ['POST', '/api/v1'],
    ['GET', '/api/v1'],
  ] as const)('%s %s/auth/validate', async (by, at) => {
    const good = await validate({ token: tokenOf('uploader'), by, at });
    expect(good.status).toBe(200);
    expect(good.headers.get('x-user-id')).toBe('id-of-uploader');
    expect(good.headers.get('x-user-role')).toBe('uploader');
    expect(good.body).toEqual({
      valid: true,
      user: { id: 'id-of-uploader', username: 'Mina 미나', role: 'uploader' },
    });
    const bad = await validate({ token: 'wrong', by, at });
    expect(bad.status).toBe(401);
    expect(bad.body).toEqual({ valid: false, error: 'Invalid token' });
    expect(bad.headers.get('www-authenticate')).toBe('Bearer');
    expect((await validate({ by, at })).status).toBe(401);
  });

  test('the local token is that of an admin', async () => {
    const { body } = await validate({ token: daemon.token });
    expect(body.user).toEqual({ id: 'local', username: 'local', role: 'admin' });
  });

  test('a cookie counts', async () => {
    const { code } = daemon.signInCode('uploader');
    const session = await fetch(`${daemon.url}/api/v1/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const response = await fetch(`${daemon.url}/auth/validate`, { headers: { cookie } });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-user-role')).toBe('uploader');
  });
});

test('wrong credentials of many clients do not shut a proxy out', async () => {
  for (let n = 0; n < 100; n++) {
    const { status } = await validate(n % 2 === 0 ? { token: 'wrong' } : {});
    expect(status).toBe(401);
  }
});

describe('X-Original-URI', () => {
  test.each([
    ['user', '/api/v1/upload/start', undefined, 403],
    ['uploader', '/api/v1/upload/start', undefined, 200],
    ['user', '/upload/start', 'POST', 403],
    ['user', '/api/upload?filename=a.mkv', 'PUT', 403],
    ['user', '/api/v1/videos?query=x', 'GET', 200],
    ['user', '/api/v1/videos/abc', 'HEAD', 200],
    ['user', '/stream/abc?quality=720p', undefined, 200],
    ['user', '/api/v1/stream/abc/hls/master.m3u8', 'GET', 200],
    ['uploader', '/api/v1/users', 'GET', 403],
    ['uploader', '/api/v1/x/../users', 'GET', 403],
    ['uploader', '/api/v1/%75sers', 'GET', 403],
    ['uploader', '//api/v1//users', 'GET', 403],
    ['uploader', '/api/v1/users/', 'GET', 403],
    ['uploader', '/api%2Fv1%2fusers', 'GET', 403],
    ['uploader', '/health%2f..%2fapi/v1/users', 'GET', 403],
    ['admin', '/api/v1/users', 'GET', 200],
    ['user', '/something/else.html', 'GET', 200],
    ['user', '//', 'GET', 200],
    ['user', '%', 'GET', 200],
  ] as const)('a %s asks for %s by %s: %i', async (role, uri, method, status) => {
    const asked = { uri, ...(method && { method }) };
    const found = await validate({ token: tokenOf(role), ...asked });
    expect(found.status).toBe(status);
    if (status === 403) expect(found.body).toEqual({ valid: false, error: expect.any(String) });
    expect((await validate(asked)).status).toBe(401);
  });

  test('what is open is open, but not to a wrong token', async () => {
    const uri = '/api/v1/health';
    const open = await validate({ uri });
    expect(open.status).toBe(200);
    expect(open.body).toEqual({ valid: true });
    expect((await validate({ uri, token: 'wrong' })).status).toBe(401);
  });

  test('a signed address is its own credential, for its video', async () => {
    const upload = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
      method: 'PUT',
      body: new Uint8Array(videoBytes(5000)),
    });
    const { videoId } = (await upload.json()) as UploadAccepted;
    const video = (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
    const uri = video.streamingUrls.hls ?? '';
    expect((await validate({ uri })).status).toBe(200);
    const other = uri.replace(`/stream/${videoId}/`, '/stream/another/');
    expect((await validate({ uri: other })).status).toBe(403);
    const forged = uri.replace(/(key\/.*)[^/](\/hls)/, '$1$2');
    expect((await validate({ uri: forged })).status).toBe(401);
  });

  test("a job or upload of somebody else's is forbidden, as one that is not there", async () => {
    const upload = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokenOf('uploader')}` },
      body: new Uint8Array(videoBytes(5000)),
    });
    const { uploadId, videoId, transcodingJobId } = (await upload.json()) as UploadAccepted;
    const stranger = jsonWebToken(secret, { ...claims('uploader'), userId: 'stranger' });
    for (const thing of [`/api/v1/jobs/${transcodingJobId}`, `/api/v1/upload/${uploadId}`]) {
      expect((await validate({ uri: thing, token: tokenOf('uploader') })).status).toBe(200);
      expect((await validate({ uri: thing, token: daemon.token })).status).toBe(200);
      expect((await validate({ uri: thing, token: stranger })).status).toBe(403);
    }
    expect((await validate({ uri: '/api/v1/jobs/nothere', token: stranger })).status).toBe(403);
    const removal = { uri: `/api/v1/videos/${videoId}`, method: 'DELETE' };
    expect((await validate({ ...removal, token: tokenOf('uploader') })).status).toBe(200);
    expect((await validate({ ...removal, token: stranger })).status).toBe(403);
    expect((await validate({ ...removal, method: 'GET', token: stranger })).status).toBe(200);
  });
});

describe('a JSON Web Token', () => {
  const valid = async (token: string): Promise<boolean> =>
    (await validate({ token })).status === 200;

  test('that was signed elsewhere with the same secret is good, whatever extra it says', async () => {
    expect(await valid(jsonWebToken(secret, { ...claims('admin'), iss: 'x', jti: '1' }))).toBe(
      true,
    );
    const numbered = await validate({
      token: jsonWebToken(secret, { ...claims('user'), userId: 7 }),
    });
    expect(numbered.headers.get('x-user-id')).toBe('7');
  });

  const refused: readonly (readonly [string, () => string])[] = [
    ['another secret', () => jsonWebToken(`${secret}!`, claims('admin'))],
    ['no expiry', () => jsonWebToken(secret, { ...claims('admin'), exp: undefined })],
    [
      'an expiry in the past',
      () => jsonWebToken(secret, { ...claims('admin'), exp: inSeconds(-1) }),
    ],
    ['an expiry that is a text', () => jsonWebToken(secret, { ...claims('admin'), exp: 'never' })],
    ['no role', () => jsonWebToken(secret, { ...claims('admin'), role: undefined })],
    ['an unknown role', () => jsonWebToken(secret, { ...claims('admin'), role: 'root' })],
    ['no user', () => jsonWebToken(secret, { ...claims('admin'), userId: undefined })],
    [
      'a user that is no header',
      () => jsonWebToken(secret, { ...claims('admin'), userId: 'a\nb' }),
    ],
    [
      'a time before which it is not good',
      () => jsonWebToken(secret, { ...claims('admin'), nbf: inSeconds(600) }),
    ],
    [
      'algorithm none',
      () => jsonWebToken(secret, claims('admin'), { alg: 'none' }).replace(/[^.]*$/, ''),
    ],
    [
      'algorithm none and a signature',
      () => jsonWebToken(secret, claims('admin'), { alg: 'none' }),
    ],
    ['algorithm RS256', () => jsonWebToken(secret, claims('admin'), { alg: 'RS256' })],
    ['algorithm HS512', () => jsonWebToken(secret, claims('admin'), { alg: 'HS512' })],
    ['no algorithm', () => jsonWebToken(secret, claims('admin'), {})],
    [
      'a critical header that nobody knows',
      () => jsonWebToken(secret, claims('admin'), { alg: 'HS256', crit: ['x'], x: 1 }),
    ],
    [
      'a changed payload',
      () => {
        const [header, , signature] = tokenOf('user').split('.');
        const payload = Buffer.from(JSON.stringify(claims('admin'))).toString('base64url');
        return [header, payload, signature].join('.');
      },
    ],
    ['no parts', () => '..'],
    ['no JSON', () => 'a.b.c'],
  ];
  test.each(refused)('with %s is refused', async (_, token) => {
    expect(await valid(token())).toBe(false);
  });

  test('that was signed elsewhere never names who only this machine is', async () => {
    for (const userId of ['local', 'guest:192.168.1.4', 'key-abcdefgh']) {
      for (const role of ['uploader', 'admin'] as const) {
        const token = jsonWebToken(secret, { ...claims(role), userId });
        expect((await validate({ token })).status).toBe(401);
      }
    }
  });

  test('that was signed elsewhere can be signed out, however its signature is written', async () => {
    const token = tokenOf('user');
    // The last of 43 characters has two bits that say nothing: another one says the same.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    const twin = `${token.slice(0, -1)}${alphabet[last ^ 1]}`;
    expect(await valid(twin)).toBe(true);
    const out = await fetch(`${daemon.url}/api/v1/auth/logout`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(out.status).toBe(204);
    expect(await valid(token)).toBe(false);
    expect(await valid(twin)).toBe(false);
  });

  test('whose secret is configured is not rotated by the daemon', async () => {
    const response = await daemon.fetch('/tokens/rotate', { method: 'POST' });
    expect(response.status).toBe(409);
    expect((await response.json()).error.code).toBe('SECRET_CONFIGURED');
  });
});
