import type { Context } from 'hono';
import type { createTusUpload } from '../../../shared/contract/operations/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Position } from '../../uploads/in-order.js';
import type { Uploads } from '../../uploads/uploads.js';
import type { Handler } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { ownerOf } from '../uploads/own-upload.js';
import { bytesAt, hasBytes } from './body.js';
import { showPosition } from './show-position.js';
import { readUploadMetadata } from './upload-metadata.js';

/** POST /tus. */
export function create(uploads: Uploads): Handler<typeof createTusUpload> {
  return async (c, { headers }) => {
    refuseParts(c);
    const position = hasBytes(c)
      ? await startedWithBytes(c, uploads, headers)
      : await started(c, uploads, headers, true);
    // "If the Server […] successfully created a new upload resource, it MUST acknowledge by sending
    // a 201 Created status. The Server MUST set the Location header".
    c.header('Location', `${c.get('prefix')}/tus/${position.upload.id}`);
    showPosition(c, position);
    return c.body(null, 201);
  };
}

type Said = Parameters<Handler<typeof createTusUpload>>[1]['headers'];

async function started(
  c: Context<AppEnv>,
  uploads: Uploads,
  headers: Said,
  mayGoOn: boolean,
): Promise<Position> {
  const tusMetadata = headers['upload-metadata'];
  const { filename, fingerprint, metadata } = readUploadMetadata(tusMetadata);
  const upload = await uploads.start({
    ...{ filename, metadata, tusMetadata },
    ...(mayGoOn && { fingerprint }),
    totalSize: headers['upload-length'],
    chunkSize: null,
    ...ownerOf(c),
  });
  return uploads.position(upload.id);
}

/**
 * "The Client MAY include the entire upload data or a part of it in the POST request." These bytes
 * are the first ones, so it is a new upload. Where they fail nobody learns its address: it goes.
 */
async function startedWithBytes(
  c: Context<AppEnv>,
  uploads: Uploads,
  headers: Said,
): Promise<Position> {
  const bytes = bytesAt(c, 0, headers['upload-checksum']);
  const { upload } = await started(c, uploads, headers, false);
  try {
    return await uploads.append(upload.id, bytes);
  } catch (error) {
    await uploads.abort(upload.id).catch(() => undefined);
    throw error;
  }
}

/** Parts of a file that are to be joined later would each be taken for a file. */
function refuseParts(c: Context<AppEnv>): void {
  if (c.req.header('upload-concat') === undefined) return;
  throw new KdramaError('VALIDATION_FAILED', 'Upload-Concat is not supported: send one upload');
}
