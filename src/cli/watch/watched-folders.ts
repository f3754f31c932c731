import type { WatchView } from '../../shared/contract/index.js';
import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { Api } from '../api/client.js';

/** Only the admin on the daemon's own machine sees its folders; an older daemon has none. */
const hidden: readonly ErrorCode[] = ['AUTH_INSUFFICIENT_PERMISSIONS', 'NOT_FOUND'];

/** The watched folders, as far as they are to be seen from here. */
export async function watchedFolders(api: Pick<Api, 'watches'>): Promise<readonly WatchView[]> {
  try {
    return await api.watches();
  } catch (error) {
    if (error instanceof KdramaError && hidden.includes(error.code)) return [];
    throw error;
  }
}
