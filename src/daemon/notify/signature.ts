import { createHmac } from 'node:crypto';
import { KdramaError } from '../../shared/errors.js';

/** As people copy it: `whsec_` and the key in Base64. */
export function secretText(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}

/** The key of a `whsec_…` text. Throws CONFIG_INVALID; the text itself is never shown. */
export function parseSecret(text: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new KdramaError(
    'CONFIG_INVALID',
    'notify.secret: expected whsec_ followed by 24 to 64 bytes in Base64',
    { hint: 'Make one with: echo "whsec_$(openssl rand -base64 32)"' },
  );
}

/** The headers of Standard Webhooks. `seconds` is when it is sent, so that no copy serves later. */
export function signatureHeaders(
  key: Buffer,
  id: string,
  seconds: number,
  body: string,
): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
