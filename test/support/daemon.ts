import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readConfig } from '../../src/daemon/config.js';
import { watchContract } from './contract/watch.js';
import { startDaemon, type Daemon, type DaemonOptions } from '../../src/daemon/main.js';

export interface TestDaemon extends Daemon {
  readonly home: string;
  readonly token: string;
  /** A request with the admin token; `path` begins with a slash after `/api/v1`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Stops it and removes its home, unless the home was given. Fails when one of its answers was not
   * as the OpenAPI document says.
   */
  close(): Promise<void>;
}

export interface TestDaemonOptions extends Partial<DaemonOptions> {
  /** A home that is kept, to start again on. */
  readonly home?: string;
  /** `KDRAMA_*` variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real daemon on a free port with a home of its own. */
export async function startTestDaemon(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'kdrama-test-')));
  const env = { KDRAMA_HOME: home, KDRAMA_LISTEN: '127.0.0.1:0', ...options.env };
  const daemon = await startDaemon({
    config: readConfig(env),
    log: pino({ level: 'silent' }),
    webDirectory: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    ...options,
  });
  const contract = watchContract(Number(new URL(daemon.url).port));
  const token = (await readFile(join(home, 'token'), 'utf8')).trim();
  return {
    ...daemon,
    home,
    token,
    fetch: (path, init = {}) =>
      fetch(`${daemon.url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
    async close() {
      await daemon.stop();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
      contract.stop();
    },
  };
}
