import { Hono, type Context } from 'hono';
import { importRequest, type ImportAccepted } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Uploads } from '../../uploads/uploads.js';
import { isLoopback } from '../gates/client-address.js';
import { pollSeconds } from '../answer/accepted.js';
import type { AppEnv } from '../env.js';
import { ownerOf } from './own-upload.js';
import { readJson } from '../request/json-body.js';

/** Files on this machine, taken by path: no bytes travel. */
export function importRoutes(uploads: Uploads): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/import', async (c) => {
    demandLocalAdmin(c);
    const { upload } = await uploads.import({
      ...(await readJson(c, importRequest)),
      ...ownerOf(c),
    });
    const path = `${c.get('prefix')}/upload/${upload.id}`;
    c.header('Location', path);
    c.header('Link', `<${path}>; rel="status"`);
    c.header('Retry-After', String(pollSeconds));
    return c.json({ uploadId: upload.id, status: 'importing' } satisfies ImportAccepted, 202);
  });
}

/** Paths mean something on this machine only. Throws AUTH_INSUFFICIENT_PERMISSIONS. */
export function demandLocalAdmin(c: Context<AppEnv>): void {
  if (c.get('viewer')?.role === 'admin' && isLoopback(c.get('clientAddress'))) return;
  throw new KdramaError(
    'AUTH_INSUFFICIENT_PERMISSIONS',
    'files are taken by path only for an admin on the same machine',
  );
}
