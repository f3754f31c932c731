import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { WatchView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { safeText } from '../output/safe-text.js';

/** The watch of a folder, by where it is (or was) or by its id. Throws WATCH_NOT_FOUND. */
export async function findWatch(
  api: Pick<Api, 'watches'>,
  folder: string,
  cwd: string,
): Promise<WatchView> {
  const path = resolve(cwd, folder);
  const names = [path, await realpath(path).catch(() => path)];
  const watches = await api.watches();
  const found = watches.find((watch) => names.includes(watch.path) || watch.id === folder);
  if (found === undefined) throw new KdramaError('WATCH_NOT_FOUND', safeText(path));
  return found;
}
