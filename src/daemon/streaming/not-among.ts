import { KdramaError } from '../../shared/errors.js';

/** NOT_FOUND for what a video does not have; `details` name what it has. */
export function notAmong(
  kind: 'quality' | 'audio',
  available: readonly string[],
  wanted: string | undefined,
  details: Readonly<Record<string, readonly string[]>>,
): KdramaError {
  const detail = `expected ${kind} to be one of ${available.join(', ')}, got ${wanted}`;
  const hint = `Ask for one of these, or leave ${kind === 'audio' ? 'it' : 'the quality'} out for the best that is there.`;
  return new KdramaError('NOT_FOUND', detail, { hint, details });
}
