import type { Context } from 'hono';
import { KdramaError } from '../../../shared/errors.js';
import { isNotModified, rangeApplies } from '../../streaming/preconditions.js';
import { decideRange } from '../../streaming/ranges.js';

export type Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** What a client may fetch whole or in part, and how it is described to it. */
export interface Representation {
  readonly contentType: string;
  /** Opaque tag without quotes; it must change whenever the bytes do (a strong validator). */
  readonly etag: string;
  readonly cacheControl: string;
  /** Content-Disposition, already safe to send. */
  readonly disposition?: string;
}

/**
 * Answers a GET or HEAD with 200, 206 or 304; `read` is called only when bytes are sent. Throws
 * RANGE_NOT_SATISFIABLE (416) with Content-Range set on the context. Several ranges in one request
 * get the whole, which RFC 9110 §14.2 allows.
 */
export async function sendRepresentation(
  c: Context,
  representation: Representation,
  sizeBytes: number,
  read: (start: number, end: number) => Body | Promise<Body>,
): Promise<Response> {
  const etag = `"${representation.etag}"`;
  describe(c, representation, etag);
  if (isNotModified(c.req.header('if-none-match'), etag)) return c.body(null, 304);
  const range = rangeApplies(c.req.header('if-range'), etag)
    ? decideRange(c.req.header('range'), sizeBytes)
    : ({ kind: 'whole' } as const);
  if (range.kind === 'unsatisfiable') throw outside(c, sizeBytes);
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, sizeBytes];
  if (range.kind === 'part') c.header('Content-Range', `bytes ${start}-${end - 1}/${sizeBytes}`);
  c.header('Content-Type', representation.contentType);
  c.header('Content-Length', String(end - start));
  const status = range.kind === 'part' ? 206 : 200;
  // Hono drops the body of a HEAD answer without cancelling it: so none is opened.
  return c.req.method === 'HEAD' ? c.body(null, status) : c.body(await read(start, end), status);
}

function describe(c: Context, representation: Representation, etag: string): void {
  c.header('ETag', etag);
  c.header('Cache-Control', representation.cacheControl);
  c.header('Accept-Ranges', 'bytes');
  c.header('X-Content-Type-Options', 'nosniff');
  if (representation.disposition !== undefined) {
    c.header('Content-Disposition', representation.disposition);
  }
}

function outside(c: Context, sizeBytes: number): KdramaError {
  c.header('ETag', undefined);
  c.header('Cache-Control', 'no-store');
  c.header('Content-Range', `bytes */${sizeBytes}`);
  return new KdramaError('RANGE_NOT_SATISFIABLE', `it has ${sizeBytes} bytes`);
}
