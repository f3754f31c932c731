import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorBody } from '../../../shared/contract/index.js';
import { errorKind, KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';
import { inSnakeCase, isOfSnakeFamily } from '../request/snake-case.js';

/**
 * The contract's error answer. `details.retryAfterSeconds` becomes `Retry-After`, `details.allow`
 * becomes `Allow`. An error that is not ours is INTERNAL to the client, whatever it says. `status`
 * only where the contract gives a code another one in this place.
 */
export function errorResponse(c: Context<AppEnv>, error: unknown, status?: number): Response {
  const known = error instanceof KdramaError ? error : new KdramaError('INTERNAL');
  c.header('Cache-Control', 'no-store');
  for (const [name, value] of headersOf(known)) c.header(name, value);
  const body = errorBodyOf(
    known,
    c.get('requestId'),
    isOfSnakeFamily(c.req.path) ? inSnakeCase : undefined,
  );
  return c.json(body, (status ?? errorKind(known.code).status) as ContentfulStatusCode);
}

/** The error as it goes over the wire. */
export function errorBodyOf(
  error: KdramaError,
  requestId: string,
  spell: (sentence: string) => string = (sentence) => sentence,
): ErrorBody {
  return {
    error: {
      code: error.code,
      message: spell(error.message),
      timestamp: new Date().toISOString(),
      requestId,
      ...(error.hint !== undefined && { hint: spell(error.hint) }),
      ...(error.details !== undefined && { details: error.details }),
    },
  };
}

function headersOf({ code, details }: KdramaError): [string, string][] {
  const retryAfter = details?.['retryAfterSeconds'];
  const allow = details?.['allow'];
  return [
    ...(typeof retryAfter === 'number' ? [['Retry-After', String(retryAfter)] as const] : []),
    ...(Array.isArray(allow) ? [['Allow', allow.join(', ')] as const] : []),
    ...(errorKind(code).status === 401 ? [['WWW-Authenticate', 'Bearer'] as const] : []),
  ].map(([name, value]) => [name, value]);
}
