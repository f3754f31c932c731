import type { Health } from '../../shared/contract/index.js';
import type { ProgressMode } from '../progress/mode.js';
import type { UploadOptions } from './options.js';

/**
 * Pure: until when the jobs of an upload are followed; undefined: only until the files are known to be
 * episodes. Who looks at the live view came to see them become playable, unless the daemon makes
 * nothing now; a script says what it waits for.
 */
export function howFar(
  { wait }: Pick<UploadOptions, 'wait'>,
  mode: ProgressMode,
  { work }: Pick<Health, 'work'>,
): UploadOptions['wait'] {
  if (wait !== undefined || mode !== 'live') return wait;
  // A daemon of before there was such a thing says nothing of it.
  const state = (work as Health['work'] | undefined)?.state;
  return state === 'paused' || state === 'draining' ? undefined : 'playable';
}
