import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { inSeconds, jsonWebToken } from '../../support/json-web-token.js';
import { freePort, hasNginx, startNginx, temporaryPaths, type Nginx } from '../../support/nginx.js';
import { endlessTask } from '../../support/tasks.js';

const secret = 'a secret that is shared with other programs';

/** The configuration as docs/users.md has it, for this daemon. */
function documented(daemonUrl: string): string {
  const path = fileURLToPath(new URL('../../../docs/users.md', import.meta.url));
  const block = /^```nginx\n(.*?)^```/ms.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return block.replaceAll('http://127.0.0.1:7474', daemonUrl);
}

function configuration(port: number, locations: string): string {
  return `events {} http { access_log off; ${temporaryPaths}
    server { listen 127.0.0.1:${port}; ${locations} } }`;
}

describe.skipIf(!hasNginx)('auth_request of nginx, as docs/users.md sets it up', () => {
  let daemon: TestDaemon;
  let nginx: Nginx;
  let url: string;
  beforeAll(async () => {
    daemon = await startTestDaemon({ runTask: endlessTask, env: { KDRAMA_JWT_SECRET: secret } });
    const port = await freePort();
    nginx = await startNginx(configuration(port, documented(daemon.url)), port);
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await nginx.close();
    await daemon.close();
  });

  const tokenOf = (role: string) =>
    jsonWebToken(secret, { userId: role, username: role, role, exp: inSeconds(3600) });
  const ask = async (path: string, token?: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });
    return { status: response.status, text: await response.text() };
  };
  const start = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filename: 'a.mp4', totalSize: 1000, chunkSize: 1000 }),
  };

  test('lets through who may', async () => {
    expect((await ask('/api/v1/videos', tokenOf('user'))).status).toBe(200);
    expect((await ask('/api/v1/upload/start', tokenOf('uploader'), start)).status).toBe(200);
  });

  test('answers 401 and 403 itself to who may not', async () => {
    for (const [status, token] of [
      [401, undefined],
      [401, 'wrong'],
      [403, tokenOf('user')],
    ] as const) {
      const refused = await ask('/api/v1/upload/start', token, start);
      expect(refused.status).toBe(status);
      expect(refused.text).toContain('<center>nginx'); // the daemon was not asked
    }
  });

  test('lets everybody sign in and see whether it is well', async () => {
    expect((await ask('/api/v1/health')).status).toBe(200);
    const login = await ask('/api/v1/auth/login', undefined, {
      ...start,
      body: JSON.stringify({ username: 'nobody', password: 'wrong' }),
    });
    expect(login.text).toContain('AUTH_INVALID_CREDENTIALS');
  });
});
