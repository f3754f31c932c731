import type { Context } from 'hono';
import { tusContentType } from '../../../shared/contract/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import type { AppendRequest } from '../../uploads/append.js';
import type { AppEnv } from '../env.js';
import { announcedBytes, bodyPieces } from '../request/body.js';
import { readUploadChecksum } from './upload-checksum.js';

/** The bytes of a request, to be put behind `offset`. Throws UNSUPPORTED_MEDIA_TYPE, VALIDATION_FAILED. */
export function bytesAt(
  c: Context<AppEnv>,
  offset: number,
  uploadChecksum: string | undefined,
): AppendRequest {
  // "All PATCH requests MUST use Content-Type: application/offset+octet-stream, otherwise the server
  // SHOULD return a 415 Unsupported Media Type status."
  const type = mediaType(c);
  if (type !== tusContentType) {
    throw new KdramaError(
      'UNSUPPORTED_MEDIA_TYPE',
      `expected ${tusContentType}, got ${type ?? 'none'}`,
    );
  }
  const { incoming } = c.env;
  return {
    offset,
    announcedBytes: announcedBytes(incoming),
    checksum: readUploadChecksum(uploadChecksum),
    pieces: bodyPieces(incoming),
  };
}

/** Whether there is a body, or may be: a creation may come with the first bytes. */
export function hasBytes(c: Context<AppEnv>): boolean {
  const { headers } = c.env.incoming;
  const isEmpty =
    headers['transfer-encoding'] === undefined && announcedBytes(c.env.incoming) === 0;
  return mediaType(c) !== undefined && !isEmpty;
}

function mediaType(c: Context<AppEnv>): string | undefined {
  return c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
}
