import { resolve } from 'node:path';
import type { NewWatchRequest } from '../../shared/contract/index.js';
import type { WatchOptions } from './options.js';

/** Pure: what the daemon is asked for one folder; what nobody said stays as it is. */
export function watchRequest(folder: string, options: WatchOptions, cwd: string): NewWatchRequest {
  const { move, keep, poll, once } = options;
  const mode = move === true ? 'move' : keep === true ? 'keep' : undefined;
  return {
    path: resolve(cwd, folder),
    once,
    ...(mode !== undefined && { mode }),
    ...(poll === true && { poll }),
  };
}
