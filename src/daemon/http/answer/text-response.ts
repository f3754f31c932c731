import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { sendBytes } from './file-response.js';
import type { Representation } from './representation.js';

/** Answers with a text, named by its own hash, with the same rules for ranges and conditions as a file. */
export function sendText(
  c: Context,
  text: string,
  { contentType, cacheControl }: Pick<Representation, 'contentType' | 'cacheControl'>,
): Promise<Response> {
  const bytes = new Uint8Array(Buffer.from(text));
  const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return sendBytes(c, { bytes, contentType, cacheControl, etag });
}
