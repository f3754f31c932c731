import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { KdramaError } from '../../shared/errors.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** The private hosts, addresses and ranges that webhooks may go to. */
export interface AllowList {
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly Range[];
}

/** Host names, addresses and CIDR ranges. Throws CONFIG_INVALID naming the one that is neither. */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of entries.map((each) => each.trim())) {
    const range = rangeOf(entry);
    if (range !== undefined) ranges.push(range);
    else if (isHostName(entry)) hosts.add(plainHost(entry));
    else {
      const detail = `notify.allow: expected a host, an address or a CIDR range, got ${entry}`;
      throw new KdramaError('CONFIG_INVALID', detail);
    }
  }
  return { hosts, ranges };
}

/** As it is compared: lower case, without the dot of the root and the brackets of an address. */
export function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/**
 * Whether a webhook may go to an address: public unicast, or listed. Private, loopback, link-local
 * (the metadata services of clouds too), shared, reserved, multicast and everything that wraps an
 * IPv4 address in an IPv6 one is not public.
 */
export function isAllowedAddress(address: string, { ranges }: AllowList): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return isPublic(parsed) || ranges.some((range) => isIn(ipaddr.process(address), range));
}

/** 2000::/3 is all of IPv6 that is given out; ipaddr.js calls the unassigned rest unicast as well. */
const assigned: Range = ipaddr.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || isIn(address, assigned);
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, range: Range): boolean {
  // Addresses of different kinds cannot be compared; match() throws then.
  return address.kind() === range[0].kind() && address.match(range);
}

function rangeOf(entry: string): Range | undefined {
  const bare = plainHost(entry);
  // ipaddr.js alone would take 1.2.3 for 1.2.0.3.
  if (isIP(bare.replace(/\/\d+$/, '')) === 0) return undefined;
  if (ipaddr.isValidCIDR(bare)) return ipaddr.parseCIDR(bare);
  if (!ipaddr.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isHostName(entry: string): boolean {
  return /^[a-z0-9_]([a-z0-9_.-]{0,252}[a-z0-9_])?\.?$/i.test(entry) && !/^[\d.]+$/.test(entry);
}
