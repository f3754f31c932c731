import { lstat, opendir, readFile, stat, unlink } from 'node:fs/promises';
import type { FileIdentity } from '../../shared/contract/index.js';
import { identityOf } from '../uploads/identity.js';
import { isNetworkFolder } from './network-folder.js';
import { openHints } from './hints.js';
import { lookAt, walk } from './walk.js';

/** Everything that watching does with a file system. */
export interface FolderFiles {
  readonly walk: typeof walk;
  readonly lookAt: typeof lookAt;
  readonly openHints: typeof openHints;
  readonly isNetworkFolder: typeof isNetworkFolder;
  /** Of the file system that a folder is on. Rejects when there is no such folder. */
  deviceOf(folder: string): Promise<number>;
  /** Rejects when it cannot be read. */
  isEmpty(folder: string): Promise<boolean>;
  /** Without following a link; undefined when there is nothing. */
  identityOf(path: string): Promise<FileIdentity | undefined>;
  read(path: string): Promise<Buffer>;
  remove(path: string): Promise<void>;
}

export const folderFiles: FolderFiles = {
  walk,
  lookAt,
  openHints,
  isNetworkFolder,
  deviceOf: async (folder) => (await stat(folder)).dev,
  async isEmpty(folder) {
    const directory = await opendir(folder);
    try {
      return (await directory.read()) === null;
    } finally {
      await directory.close();
    }
  },
  identityOf: (path) => lstat(path).then(identityOf, () => undefined),
  read: (path) => readFile(path),
  remove: unlink,
};
