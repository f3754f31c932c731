import { readFile } from 'node:fs/promises';
import { KdramaError } from '../../../shared/errors.js';
import { isUniversal } from '../../../shared/renditions.js';
import type { Rendition } from '../../store/renditions.js';

/**
 * H.264 has its parameter sets in every segment; in other codecs they stand in the init segment, so all
 * chunks have to have the same. Rejects with TRANSCODE_FAILED where `bytes` are not those at `path`.
 */
export async function requireSameInit(
  { name, traits }: Pick<Rendition, 'name' | 'traits'>,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  if (traits.kind !== 'video' || isUniversal(traits)) return;
  if (Buffer.compare(await readFile(path), bytes) === 0) return;
  throw new KdramaError(
    'TRANSCODE_FAILED',
    `this part of ${name} has other parameter sets than its init segment`,
  );
}
