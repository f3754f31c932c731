import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Health } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { apiVersion, version } from '../../shared/version.js';
import { apiClient, type Api, type Server } from '../api/client.js';
import type { Request } from '../api/request.js';
import type { Trust } from '../api/trust.js';
import type { Deps } from '../deps.js';
import { sayLine } from '../output/say.js';
import {
  isLoopback,
  readAuthority,
  readDaemonRecord,
  readToken,
  remoteAddress,
} from './address.js';
import { lastDeath } from './death.js';
import { daemonLogPath } from './log-path.js';
import { versionWords } from './version-words.js';

export interface Connection {
  readonly server: Server;
  readonly health: Health;
  readonly api: Api;
  /** The same daemon through another way of sending, or until another signal. */
  through(request: Request, signal: AbortSignal): Api;
}

/**
 * Finds the daemon: KDRAMA_HOST, else the one of this home. Nothing is started. Throws
 * DAEMON_UNREACHABLE or DAEMON_INCOMPATIBLE; warns when the versions differ.
 */
export async function connect(deps: Deps): Promise<Connection> {
  const remote = remoteAddress(deps.env);
  const connection = remote === undefined ? await findLocal(deps) : await findRemote(remote, deps);
  if (connection === undefined) {
    throw noneRuns(deps);
  }
  return checkVersion(connection, deps, remote === undefined);
}

/** After a crash it says what was written last; who comes for the first time is told how to begin. */
function noneRuns({ home, clock }: Deps): KdramaError {
  const detail = `none runs for ${home}`;
  const death = lastDeath(home, clock.now());
  if (death !== undefined) {
    const hint = `Start it with "kdrama start"; the whole log is ${daemonLogPath(home)}.`;
    return new KdramaError('DAEMON_UNREACHABLE', `${detail}; ${death.words}`, { hint });
  }
  const isNew = !existsSync(join(home, 'kdrama.db'));
  const begin = 'There is nothing here yet: "kdrama upload FILE" starts it and adds an episode.';
  return new KdramaError('DAEMON_UNREACHABLE', detail, isNew ? { hint: begin } : {});
}

async function findRemote(url: string, deps: Deps): Promise<Connection> {
  try {
    const authority = readAuthority(deps.env);
    return await connectTo(url, deps, authority === undefined ? undefined : { authority });
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw new KdramaError('DAEMON_UNREACHABLE', undefined, {
      message: error.message,
      hint: 'KDRAMA_HOST says where it is: is that right, and does "kdrama serve" run there?',
      cause: error.cause,
    });
  }
}

/** This home's daemon if it runs and answers; undefined otherwise. */
export async function findLocal(deps: Deps): Promise<Connection | undefined> {
  const record = readDaemonRecord(deps.home);
  if (record === undefined) return undefined;
  try {
    const { url, fingerprint } = record;
    const trust = fingerprint === undefined ? undefined : { fingerprint };
    const connection = await connectTo(url, deps, trust);
    return connection.health.instanceId === record.instanceId ? connection : undefined;
  } catch (error) {
    if (isUnreachable(error)) return undefined;
    throw error;
  }
}

/** Asks for health before the token goes out: a port may have passed to another program. */
async function connectTo(url: string, deps: Deps, trust: Trust | undefined): Promise<Connection> {
  const stranger = { url, trust, token: undefined };
  const health = await apiClient(stranger, deps.request, deps.signal).health();
  const token = readToken(deps.env, isLoopback(url) ? deps.home : undefined);
  const server = { url, trust, token };
  const through = (request: Request, signal: AbortSignal) => apiClient(server, request, signal);
  return { server, health, api: through(deps.request, deps.signal), through };
}

/** Once for each command: it may connect again and again. */
const warned = new WeakSet<Deps['stderr']>();

function checkVersion(connection: Connection, deps: Deps, isOurs: boolean): Connection {
  const { health } = connection;
  const spoken: string = health.apiVersion;
  if (spoken !== apiVersion) {
    throw new KdramaError(
      'DAEMON_INCOMPATIBLE',
      `the daemon (${health.version}) speaks ${spoken}, this kdrama (${version}) ${apiVersion}`,
    );
  }
  const words = versionWords(version, health.version, { isOurs });
  if (words !== undefined && !warned.has(deps.stderr)) sayLine(deps, words);
  warned.add(deps.stderr);
  return connection;
}

function isUnreachable(error: unknown): error is KdramaError {
  return error instanceof KdramaError && error.code === 'DAEMON_UNREACHABLE';
}
