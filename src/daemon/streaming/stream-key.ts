import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A key in the path of a video's files lets a player without cookies fetch them: `VIDEO.EXPIRY.MAC`,
 * bound to one video, expiring, signed.
 */
export type KeyVerdict = 'valid' | 'expired' | 'other-video' | 'garbled';

const lifetimeMs = 12 * 3_600_000;
/** Expiry lies on this grid, so that a video's address stays the same for a while. */
const gridMs = 3_600_000;
const keyPattern = /^([A-Za-z0-9_-]{1,64})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/;

/** A key for one video that is good for 12 to 13 hours from `now` (milliseconds since 1970). */
export function signStreamKey(secret: Uint8Array, videoId: string, now: number): string {
  const expiresAt = Math.ceil((now + lifetimeMs) / gridMs) * gridMs;
  const expiry = (expiresAt / 1000).toString(36);
  return `${videoId}.${expiry}.${mac(secret, videoId, expiry)}`;
}

/** Whether a key opens a video now. */
export function checkStreamKey(
  secret: Uint8Array,
  key: string,
  videoId: string,
  now: number,
): KeyVerdict {
  const [, keyVideoId = '', expiry = '', signature = ''] = keyPattern.exec(key) ?? [];
  const expected = Buffer.from(mac(secret, keyVideoId, expiry));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'garbled';
  if (Number.parseInt(expiry, 36) * 1000 <= now) return 'expired';
  return keyVideoId === videoId ? 'valid' : 'other-video';
}

function mac(secret: Uint8Array, videoId: string, expiry: string): string {
  return createHmac('sha256', secret)
    .update(`stream key\n${videoId}\n${expiry}`)
    .digest('base64url');
}
