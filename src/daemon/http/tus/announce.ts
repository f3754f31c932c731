import { createMiddleware } from 'hono/factory';
import { tusChecksumAlgorithms, tusExtensions, tusVersion } from '../../../shared/contract/tus.js';
import type { AppEnv } from '../env.js';
import { isTusPath } from './paths.js';

/** What every answer to a tus client says, refusals by a gate included; OPTIONS says the rest. */
export function announceTus(maxBytes: number) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (isTusPath(c.req.path)) {
      // "The Tus-Resumable header MUST be included in every request and response in HTTP except
      // for OPTIONS requests."
      c.header('Tus-Resumable', tusVersion);
      if (c.req.method === 'OPTIONS') {
        // "A successful response […] MUST contain the Tus-Version header. It MAY include the
        // Tus-Extension and Tus-Max-Size headers."
        c.header('Tus-Version', tusVersion);
        c.header('Tus-Extension', tusExtensions.join(','));
        c.header('Tus-Max-Size', String(maxBytes));
        // "The Tus-Checksum-Algorithm header MUST be included in the response to an OPTIONS request."
        c.header('Tus-Checksum-Algorithm', tusChecksumAlgorithms.join(','));
      }
    }
    await next();
  });
}
