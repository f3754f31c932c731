import { watch } from 'chokidar';

export interface Hints {
  close(): Promise<void>;
}

/**
 * Calls `onHint` when something in a folder may have changed, and `onError` when no more hints are to
 * be relied on. Only folders are watched: the kernel tells of the files in them, and 20,000 files
 * would cost 20,000 watches and 180 MB (docs/decisions/0022-watched-folders.md).
 */
export function openHints(
  path: string,
  onHint: () => void,
  onError: (error: unknown) => void,
): Hints {
  const watcher = watch(path, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (_, stats) => stats !== undefined && !stats.isDirectory(),
  });
  // What changed until now, nobody told.
  watcher.on('ready', onHint);
  watcher.on('raw', onHint);
  watcher.on('all', onHint);
  watcher.on('error', onError);
  return { close: () => watcher.close() };
}
