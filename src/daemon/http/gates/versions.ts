import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import { apiVersion } from '../../../shared/version.js';
import type { AppEnv } from '../env.js';

export const prefixes = [`/api/${apiVersion}`, '/api'] as const;

/**
 * Answers with the prefix that the client used; refuses versions that do not exist: 404 NOT_FOUND
 * for `/api/v2/…`, 400 VALIDATION_FAILED for an `Accept-Version`, with the same sentence.
 */
export const negotiateVersion = createMiddleware<AppEnv>(async (c, next) => {
  const inPath = /^\/api\/(v\d+)(?:\/|$)/.exec(c.req.path)?.[1];
  if (inPath !== undefined && inPath !== apiVersion) {
    throw new KdramaError('NOT_FOUND', unknownVersion(inPath));
  }
  const inHeader = c.req.header('accept-version');
  if (inHeader !== undefined && inHeader !== apiVersion) {
    throw new KdramaError('VALIDATION_FAILED', unknownVersion(inHeader));
  }
  c.set('prefix', inPath === undefined ? '/api' : `/api/${inPath}`);
  await next();
});

function unknownVersion(version: string): string {
  return `expected one of the API versions this daemon knows (${apiVersion}), got ${version}`;
}
