import { createMiddleware } from 'hono/factory';
import { tusVersion } from '../../../shared/contract/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';

/**
 * "If the version specified by the Client is not supported by the Server, it MUST respond with the
 * 412 Precondition Failed status and MUST include the Tus-Version header into the response. In
 * addition, the Server MUST NOT process the request." GET is no request of tus.
 */
export const demandTusVersion = createMiddleware<AppEnv>(async (c, next) => {
  const given = c.req.header('tus-resumable');
  if (given !== tusVersion && !['GET', 'OPTIONS'].includes(c.req.method)) {
    c.header('Tus-Version', tusVersion);
    const detail = `expected Tus-Resumable ${tusVersion}, got ${given ?? 'none'}`;
    throw new KdramaError('TUS_VERSION_UNSUPPORTED', detail);
  }
  await next();
});
