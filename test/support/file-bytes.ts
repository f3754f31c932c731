import { createHash, randomBytes } from 'node:crypto';

/** Bytes that begin like Matroska; no two are the same. */
export function videoBytes(sizeBytes: number): Buffer {
  const bytes = randomBytes(sizeBytes);
  Buffer.from([0x1a, 0x45, 0xdf, 0xa3]).copy(bytes);
  return bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As tus has it. */
export function sha1Base64(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('base64');
}
