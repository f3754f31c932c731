import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gotRequest, uploadBackoff } from '../../../src/cli/api/got-request.js';
import { connect, findLocal } from '../../../src/cli/daemon/connect.js';
import { makeCertificate } from '../../support/certificate.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const files = makeCertificate({ names: 'DNS:tv.home.arpa,IP:127.0.0.1' });
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({
    env: { KDRAMA_TLS_CERT: files.cert, KDRAMA_TLS_KEY: files.key },
    runTask: endlessTask,
  });
});
afterAll(() => daemon.close());

describe('over TLS', () => {
  test('the daemon of this home is known by its certificate', async () => {
    const connection = await connect(cliDeps({ home: daemon.home }));
    expect(await connection.api.videos()).toEqual([]);
    const uploads = connection.through(
      await gotRequest(uploadBackoff),
      new AbortController().signal,
    );
    expect(await uploads.devices()).toEqual([]);
  });

  test('another certificate at its address gets neither token nor request', async () => {
    const home = temporaryDirectory();
    const record = JSON.parse(readFileSync(join(daemon.home, 'daemon.json'), 'utf8')) as object;
    const other = { ...record, fingerprint: Array(32).fill('AA').join(':') };
    writeFileSync(join(home, 'daemon.json'), JSON.stringify(other));
    writeFileSync(join(home, 'token'), daemon.token);
    expect(await findLocal(cliDeps({ home }))).toBeUndefined();
  });

  test('another machine’s daemon is trusted by KDRAMA_CA', async () => {
    const env = { KDRAMA_HOST: daemon.url, KDRAMA_TOKEN: daemon.token };
    await expect(connect(cliDeps({ env }))).rejects.toMatchObject({ code: 'DAEMON_UNREACHABLE' });
    const trusting = cliDeps({ env: { ...env, KDRAMA_CA: files.cert } });
    expect(await (await connect(trusting)).api.videos()).toEqual([]);
    const wrong = cliDeps({ env: { ...env, KDRAMA_CA: '/nowhere.pem' } });
    await expect(connect(wrong)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
