import { createHmac } from 'node:crypto';

const hashes: Readonly<Record<string, string>> = { HS384: 'sha384', HS512: 'sha512' };

/**
 * A JSON Web Token as another program would make it, without the library of the daemon: rightly
 * signed by the algorithm of its header, where that is an HMAC.
 */
export function jsonWebToken(
  secret: string,
  payload: object,
  header: { alg?: string; [name: string]: unknown } = { alg: 'HS256', typ: 'JWT' },
): string {
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const hash = hashes[header.alg ?? ''] ?? 'sha256';
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

/** Seconds since 1970, `seconds` from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
