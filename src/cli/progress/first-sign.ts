import type { OutputStream } from '../deps.js';
import { eraseLine } from './erase-line.js';
import type { ProgressMode } from './mode.js';

/**
 * Says at once that something happens while `work` still loads or starts what will show it: only
 * where a live picture follows, which leaves nothing of it.
 */
export async function withFirstSign<T>(
  mode: ProgressMode,
  stderr: OutputStream,
  work: () => Promise<T>,
): Promise<T> {
  if (mode !== 'live') return work();
  stderr.write('One moment …');
  try {
    return await work();
  } finally {
    stderr.write(eraseLine);
  }
}
