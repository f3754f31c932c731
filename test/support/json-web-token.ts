import { createHmac } from 'node:crypto';

/** A JSON Web Token as another program would make it, without the library of the daemon. */
export function jsonWebToken(
  secret: string,
  payload: object,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Seconds since 1970, `seconds` from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
