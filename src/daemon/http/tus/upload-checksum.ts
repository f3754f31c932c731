import { tusChecksumAlgorithms } from '../../../shared/contract/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Checksum } from '../../uploads/append.js';

const digestBytes = { sha1: 20, sha256: 32 } as const;

/**
 * "The Upload-Checksum request header […] MUST consist of the name of the used checksum algorithm
 * and the Base64 encoded checksum separated by a space." "The Server MAY respond with 400 Bad Request
 * if the checksum algorithm is not supported". Throws VALIDATION_FAILED.
 */
export function readUploadChecksum(line: string | undefined): Checksum | undefined {
  if (line === undefined) return undefined;
  const [name, encoded = ''] = line.trim().split(' ');
  const algorithm = tusChecksumAlgorithms.find((known) => known === name);
  if (algorithm === undefined) {
    throw invalid(`expected one of ${tusChecksumAlgorithms.join(', ')}, got ${name}`);
  }
  const digest = Buffer.from(encoded, 'base64');
  if (digest.length === digestBytes[algorithm]) return { algorithm, digest };
  throw invalid(`expected ${digestBytes[algorithm]} bytes of ${algorithm} in Base64`);
}

function invalid(detail: string): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `Upload-Checksum: ${detail}`);
}
