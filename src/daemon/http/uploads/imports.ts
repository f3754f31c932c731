import { Hono, type Context } from 'hono';
import type { ImportAccepted } from '../../../shared/contract/index.js';
import { importFile } from '../../../shared/contract/operations/upload.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Uploads } from '../../uploads/uploads.js';
import { pollSeconds } from '../answer/accepted.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { ownerOf } from './own-upload.js';

/** Files on this machine, taken by path: no bytes travel. */
export function importRoutes(uploads: Uploads): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, importFile, async (c, { body }) => {
    demandLocalAdmin(c);
    const { upload } = await uploads.import({ ...body, ...ownerOf(c) });
    const path = `${c.get('prefix')}/upload/${upload.id}`;
    c.header('Location', path);
    c.header('Link', `<${path}>; rel="status"`);
    c.header('Retry-After', String(pollSeconds));
    return c.json({ uploadId: upload.id, status: 'importing' } satisfies ImportAccepted, 202);
  });
  return app;
}

/** Paths mean something on this machine only. Throws AUTH_INSUFFICIENT_PERMISSIONS. */
export function demandLocalAdmin(c: Context<AppEnv>): void {
  if (c.get('viewer')?.role === 'admin' && c.get('client').isOnThisMachine) return;
  throw new KdramaError(
    'AUTH_INSUFFICIENT_PERMISSIONS',
    'files are taken by path only for an admin on the same machine',
  );
}
