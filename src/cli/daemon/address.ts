import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { Env } from '../deps.js';

/** What daemon.json says of the daemon that runs, or ran, for this home. */
export interface DaemonRecord {
  readonly pid: number;
  readonly url: string;
  readonly version: string;
  readonly instanceId: string;
  /** Runs in a terminal: "kdrama serve". */
  readonly isForeground?: boolean;
  /** The host that it binds. */
  readonly listen?: string;
  readonly openViewing?: boolean;
  /** When daemons before it died (ISO 8601), of the last minutes before it was started. */
  readonly deaths?: readonly string[];
  /** Of its certificate; absent without TLS. */
  readonly fingerprint?: string;
  /** That its certificate is for. */
  readonly names?: readonly string[];
}

/** The record of this home's daemon; undefined when none was started, or it was stopped. */
export function readDaemonRecord(home: string): DaemonRecord | undefined {
  const text = readIfThere(join(home, 'daemon.json'));
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as DaemonRecord;
    return typeof record.url === 'string' ? { ...record, url: bare(record.url) } : undefined;
  } catch {
    return undefined; // Being written, or cut off by a power cut: the next start writes it again.
  }
}

/**
 * KDRAMA_TOKEN, else the local admin token of this home; undefined when there is neither. Without
 * `home` only the former: the local token opens this machine's daemon and is not for other hosts.
 */
export function readToken(env: Env, home: string | undefined): string | undefined {
  const given = env['KDRAMA_TOKEN'];
  if (given !== undefined || home === undefined) return given;
  return readIfThere(join(home, 'token'))?.trim();
}

/** The address in KDRAMA_HOST (`host:port` or an http or https URL); undefined when not set. */
export function remoteAddress(env: Env): string | undefined {
  const text = env['KDRAMA_HOST'];
  if (text === undefined || text === '') return undefined;
  const withScheme = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(withScheme) || !/^https?:/.test(withScheme)) {
    throw new KdramaError(
      'CONFIG_INVALID',
      `expected KDRAMA_HOST as HOST:PORT or an http address, got ${text}`,
    );
  }
  return bare(withScheme);
}

/** The PEM that KDRAMA_CA names; undefined when not set. Throws FILE_UNREADABLE. */
export function readAuthority(env: Env): string | undefined {
  const path = env['KDRAMA_CA'];
  if (path === undefined || path === '') return undefined;
  const text = readIfThere(path);
  if (text === undefined)
    throw new KdramaError('FILE_UNREADABLE', `KDRAMA_CA: ${path} is not there`);
  return text;
}

/** Whether a daemon at this address may see the same files as we do. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function bare(url: string): string {
  return url.replace(/\/+$/, '');
}

const notYours =
  'It belongs to another account: use a KDRAMA_HOME of your own, or KDRAMA_HOST and KDRAMA_TOKEN for its daemon.';

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const hint = code === 'EACCES' ? { hint: notYours } : {};
    throw new KdramaError('FILE_UNREADABLE', path, { cause: error, ...hint });
  }
}
