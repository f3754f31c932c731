import { Hono, type Context } from 'hono';
import { validate, validateByGet } from '../../../shared/contract/operations/auth.js';
import type { Input } from '../../../shared/contract/operation.js';
import { errorKind, type KdramaError } from '../../../shared/errors.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { findOperation } from './find-operation.js';
import { whyNot, type WhyNotParts } from './why-not.js';

/** Tells a proxy in front (`auth_request` of nginx) whether to let a request through. */
export function validateRoutes(parts: WhyNotParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const answer = (c: Context<AppEnv>, { headers }: Pick<Input<typeof validate>, 'headers'>) => {
    const uri = headers['x-original-uri'];
    const refusal = whyNot(parts, {
      viewer: c.get('viewer'),
      hasSentToken: c.req.header('authorization') !== undefined,
      found: uri === undefined ? undefined : findOperation(uri, headers['x-original-method']),
    });
    c.header('Cache-Control', 'no-store');
    return refusal === undefined ? valid(c) : invalid(c, refusal);
  };
  endpoint(app, validate, answer);
  endpoint(app, validateByGet, answer);
  return app;
}

function valid(c: Context<AppEnv>): Response {
  const viewer = c.get('viewer');
  if (viewer === null) return c.json({ valid: true });
  const { id, username, role } = viewer;
  c.header('X-User-ID', id);
  c.header('X-User-Role', role);
  return c.json({ valid: true, user: { id, username, role } });
}

/** nginx knows 401 and 403 only: what is concealed is forbidden here. */
function invalid(c: Context<AppEnv>, { code, message }: KdramaError): Response {
  if (errorKind(code).status !== 401) return c.json({ valid: false, error: message }, 403);
  c.header('WWW-Authenticate', 'Bearer');
  return c.json({ valid: false, error: 'Invalid token' }, 401);
}
