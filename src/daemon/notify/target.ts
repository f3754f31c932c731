import { isIP } from 'node:net';
import { KdramaError } from '../../shared/errors.js';
import { isAllowedAddress, plainHost, type AllowList } from './addresses.js';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Lookup = (host: string) => Promise<readonly Address[]>;

/**
 * What can be said about a target without asking anybody. Throws VALIDATION_FAILED for what can
 * never be sent to: another scheme, credentials in the URL, an address of this machine or its
 * network that is not allowed.
 */
export function checkTarget(text: string, allow: AllowList): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw refused('expected an http or https URL', 'Name the address that is to be called.');
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Check the webhook by its signature (kdrama token show --webhook) instead.';
    throw refused('expected no user and password in the URL', hint);
  }
  const host = plainHost(url.hostname);
  if (!mayBeAllowed(host, allow)) throw notAllowed(host);
  return url;
}

/**
 * The addresses that a webhook to this URL may connect to, checked; the connection must go to one of
 * them and not ask again, since the next answer may be another. Throws VALIDATION_FAILED when any
 * of them is not allowed, and what `lookup` throws.
 */
export async function resolveTarget(
  url: URL,
  allow: AllowList,
  lookup: Lookup,
): Promise<readonly Address[]> {
  const host = plainHost(checkTarget(url.href, allow).hostname);
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await lookup(host);
  if (found.length === 0) throw refused(`${host} has no address`, 'Check the name.');
  const isListed = allow.hosts.has(host);
  const foreign = found.find(({ address }) => !isListed && !isAllowedAddress(address, allow));
  // Not which: whoever reads the log of deliveries need not learn what lies in this network.
  if (foreign !== undefined) throw notAllowed(`an address of ${host}`);
  return found;
}

/** Names are judged by their addresses later, except those that always mean this machine. */
function mayBeAllowed(host: string, allow: AllowList): boolean {
  if (allow.hosts.has(host)) return true;
  if (isIP(host) !== 0) return isAllowedAddress(host, allow);
  if (host !== 'localhost' && !host.endsWith('.localhost')) return true;
  return isAllowedAddress('127.0.0.1', allow) || isAllowedAddress('::1', allow);
}

function notAllowed(host: string): KdramaError {
  const hint = 'An admin can add the host, the address or its range to notify.allow.';
  return refused(`${host} is not a public address`, hint);
}

function refused(detail: string, hint: string): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `notifyUrl: ${detail}`, { hint });
}
