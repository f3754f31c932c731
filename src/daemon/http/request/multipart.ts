import { KdramaError } from '../../../shared/errors.js';

/** The boundary of a multipart/form-data body; undefined for any other content type. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType ?? '')) return undefined;
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (boundary !== undefined) return boundary;
  throw new KdramaError('VALIDATION_FAILED', 'expected a boundary in Content-Type');
}

/**
 * The bytes of one field (RFC 7578), as a view into the body. Throws VALIDATION_FAILED when there
 * is no such field or the body is cut off.
 */
export function multipartField(body: Buffer, boundary: string, name: string): Buffer {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line break of its own when nothing precedes it.
  const first = body.indexOf(delimiter.subarray(2));
  if (first !== 0 && body.indexOf(delimiter) !== first - 2) throw noField(name);
  let at = first < 0 ? -1 : first + delimiter.length - 2;
  while (at >= 0 && body.toString('latin1', at, at + 2) === '\r\n') {
    const headersEnd = body.indexOf('\r\n\r\n', at);
    const end = headersEnd < 0 ? -1 : body.indexOf(delimiter, headersEnd + 2);
    if (end < 0) break;
    const headers = body.toString('utf8', at, headersEnd);
    if (fieldName(headers) === name) return body.subarray(headersEnd + 4, end);
    at = end + delimiter.length;
  }
  throw noField(name);
}

function fieldName(headers: string): string | undefined {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1];
  const match = /(?:^|;)\s*name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition ?? '');
  return match?.[1] ?? match?.[2];
}

function noField(name: string): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `expected a whole multipart field "${name}"`);
}
