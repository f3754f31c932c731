import { KdramaError } from '../../../shared/errors.js';
import { refuseCutOff } from '../source/cut-off.js';
import { findHole } from './holes.js';
import { inspect } from '../source/inspect.js';
import { listPackets } from './packets.js';
import { pictureOf } from '../source/picture-of.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/**
 * Reads a video file to its end. Throws UPLOAD_INVALID_FORMAT, saying how it is seen, when it is not
 * whole, or no video. `path` is absolute.
 */
export async function demandWhole(tools: Tools, path: string, signal: AbortSignal): Promise<void> {
  const hole = await findHole(path);
  if (hole !== undefined) {
    const detail = `the file is not whole: there are only zeros at byte ${hole}`;
    throw new KdramaError('UPLOAD_INVALID_FORMAT', detail);
  }
  const source = await inspect(tools, path, signal);
  const stream = pictureOf(source);
  await refuseCutOff(path, source, stream, await listPackets(tools, path, stream.index, signal));
}
