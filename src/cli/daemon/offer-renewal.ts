import { apiVersion, version } from '../../shared/version.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { ask, isAnyoneThere } from '../input/ask.js';
import { readDaemonRecord, remoteAddress } from './address.js';
import { findLocal, type Connection } from './connect.js';
import { keptEnvironment } from './kept-environment.js';
import { stopDaemon } from './stop.js';
import { isOlder } from './version-words.js';

/**
 * After an update: asks the person at the terminal whether the daemon in the background, which is
 * older, shall make room for a new one. Not while it works, and not for scripts. Returns with what to
 * go on: the next one is started as the old one was.
 */
export async function offerRenewal(options: CommonOptions, deps: Deps): Promise<Deps> {
  const older = options.json || options.quiet ? undefined : await idleOlder(deps);
  if (older === undefined) return deps;
  const theirs = older.health.version;
  const text = `The daemon is still kdrama ${theirs}, this is ${version}. Restart it now?`;
  if (!(await ask(text, deps))) return deps;
  const kept = await keptEnvironment(older.api);
  await stopDaemon(deps);
  return { ...deps, env: { ...kept, ...deps.env } };
}

/** The daemon of this computer that may be renewed; undefined when there is no such one. */
async function idleOlder(deps: Deps): Promise<Connection | undefined> {
  if (remoteAddress(deps.env) !== undefined || !isAnyoneThere(deps)) return undefined;
  const record = readDaemonRecord(deps.home);
  if (record === undefined || record.isForeground === true) return undefined;
  if (!isOlder(record.version, version)) return undefined;
  const found = await findLocal(deps);
  if (found?.health.apiVersion !== apiVersion) return undefined;
  const atWork = await found.api.jobs(['submitted', 'queued', 'processing']);
  return atWork.length === 0 ? found : undefined;
}
