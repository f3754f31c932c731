import { KdramaError } from '../../shared/errors.js';
import type { Deps } from '../deps.js';

/**
 * The ffmpeg of this computer, found as its daemon finds it. Takes about a second. Throws
 * FFMPEG_UNAVAILABLE, CONFIG_INVALID.
 */
export async function findFfmpeg({ env, home }: Pick<Deps, 'env' | 'home'>): Promise<string> {
  const { readConfig } = await import('../../daemon/config.js');
  const { findTools } = await import('../../daemon/media/tools/find-tools.js');
  const tools = await findTools(readConfig({ ...env, KDRAMA_HOME: home }));
  if (tools === undefined) {
    throw new KdramaError('FFMPEG_UNAVAILABLE', 'it is needed here to write the file');
  }
  return tools.ffmpeg;
}
