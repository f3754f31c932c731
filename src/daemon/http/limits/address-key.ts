import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** So many addresses are told apart at once; what is kept of them can never take more room. */
const buckets = 16_384;

/**
 * The bucket that an address is counted in. IPv6 counts by /64, which one household has to itself.
 * `salt` keeps strangers from choosing an address that shares a bucket with somebody's.
 */
export function addressKey(address: string, salt: string): string {
  const digest = createHash('sha256')
    .update(`${salt} ${network(address)}`)
    .digest();
  return String(digest.readUInt32BE(0) % buckets);
}

function network(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return ipaddr.IPv6.parse(address).parts.slice(0, 4).join(':');
}
