import ipaddr from 'ipaddr.js';
import { KdramaError } from '../../../shared/errors.js';

const homeRanges = ['loopback', 'private', 'linkLocal', 'uniqueLocal'];

/** IPv4 that came in over an IPv6 socket is IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}

export function isLoopback(address: string): boolean {
  return rangeOf(address) === 'loopback';
}

/** Whether only the same network can have it: loopback, private, link-local. */
export function isHomeAddress(address: string): boolean {
  return homeRanges.includes(rangeOf(address) ?? '');
}

/** Whether an address lies in one of these addresses and CIDR ranges. Throws CONFIG_INVALID for what is neither. */
export function addressMatcher(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map(parseRange);
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const one = ipaddr.process(address);
    return parsed.some(
      ([network, bits]) => one.kind() === network.kind() && one.match(network, bits),
    );
  };
}

function rangeOf(address: string): string | undefined {
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : undefined;
}

function parseRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch (error) {
    const detail = `proxy.trusted: expected an address or a CIDR range, got ${text}`;
    throw new KdramaError('CONFIG_INVALID', detail, { cause: error });
  }
}
