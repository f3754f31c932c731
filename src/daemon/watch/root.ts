import { KdramaError } from '../../shared/errors.js';
import type { WatchedFile } from '../store/watched-files.js';
import type { FolderFiles } from './folder-files.js';

export type Root =
  | { readonly isThere: true; readonly device: number; readonly isNetwork: boolean }
  | { readonly isThere: false; readonly error: NonNullable<WatchedFile['error']> };

/**
 * Whether a watched folder is there. An empty one on another file system than before is where its
 * disk should be: what was in it is not gone. `knownDevice`: of the last time.
 */
export async function lookAtRoot(
  path: string,
  knownDevice: number | null,
  files: FolderFiles,
): Promise<Root> {
  try {
    const device = await files.deviceOf(path);
    const isEmpty = await files.isEmpty(path);
    const isElsewhere = knownDevice !== null && knownDevice !== device;
    if (isElsewhere && isEmpty) return away(`${path} is empty: is its disk there?`);
    return { isThere: true, device, isNetwork: await files.isNetworkFolder(path) };
  } catch (error) {
    return away(`${path} (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

function away(detail: string): Root {
  const { code, message } = new KdramaError('FILE_UNREADABLE', detail);
  return { isThere: false, error: { code, message } };
}
