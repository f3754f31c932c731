import { createHash } from 'node:crypto';

/** How many bytes of each end of a file its fingerprint covers. */
export const fingerprintEdgeBytes = 1024 * 1024;

/**
 * A cheap hint that two files may be the same: size, first and last MiB. Used to find an unfinished
 * upload or a candidate in the library; equality of content is only ever decided by SHA-256.
 * `head` and `tail` hold min(size, 1 MiB) bytes each. Returns 64 hexadecimal digits.
 */
export function fingerprint(sizeBytes: number, head: Uint8Array, tail: Uint8Array): string {
  return createHash('sha256').update(`${sizeBytes}\n`).update(head).update(tail).digest('hex');
}
