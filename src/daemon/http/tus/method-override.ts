import type { IncomingMessage } from 'node:http';
import { isTusPath } from './paths.js';

/** HEAD is not among them: the client would wait for the body of an answer that has none. */
const overrides = new Set(['PATCH', 'DELETE']);

/**
 * "The X-HTTP-Method-Override request header MUST be a string which MUST be interpreted as the
 * request's method by the Server": before anything looks at the request, so that every gate judges
 * what will be done.
 */
export function overrideMethod(
  incoming: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
): void {
  const wished = incoming.headers['x-http-method-override'];
  if (typeof wished !== 'string' || !overrides.has(wished)) return;
  if (isTusPath(incoming.url?.split('?')[0] ?? '')) incoming.method = wished;
}
