import { tusMetadata, type TusMetadata } from '../../../shared/contract/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import { parseInput } from '../request/parse-input.js';

/**
 * What an Upload-Metadata line says: "one or more comma-separated key-value pairs. The key and value
 * MUST be separated by a space. The key MUST NOT contain spaces and commas and MUST NOT be empty.
 * […] the value MUST be Base64 encoded. All keys MUST be unique." Throws VALIDATION_FAILED.
 */
export function readUploadMetadata(line: string): TusMetadata {
  const pairs = new Map<string, string>();
  for (const pair of line.split(',')) {
    const [key = '', value = '', ...more] = pair.trim().split(' ');
    if (key === '' || more.length > 0) throw invalid(`expected "key base64", got "${pair}"`);
    if (pairs.has(key)) throw invalid(`the key ${key} stands there twice`);
    pairs.set(key, decode(key, value));
  }
  // "The value MAY be empty": that says nothing, not that the title is nothing.
  return parseInput(
    tusMetadata,
    Object.fromEntries([...pairs].filter(([, value]) => value !== '')),
  );
}

function decode(key: string, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== value.replace(/=+$/, '')) {
    throw invalid(`the value of ${key} is not Base64`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid(`the value of ${key} is not UTF-8`, cause);
  }
}

function invalid(detail: string, cause?: unknown): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `Upload-Metadata: ${detail}`, { cause });
}
