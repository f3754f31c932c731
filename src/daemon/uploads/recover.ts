import { readdir, rm } from 'node:fs/promises';
import { ownIdPattern } from '../../shared/ids.js';
import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';
import { moveBack } from './admit.js';
import { isErrno } from './storage-error.js';

/**
 * Puts the files back in order after a crash, before anything else runs: a source whose transaction
 * never came goes back to its upload; files of ours that no unfinished upload names are removed.
 */
export async function recoverUploadFiles(store: Store, layout: Layout): Promise<void> {
  const unfinished = [...store.uploads.inState('open'), ...store.uploads.inState('importing')];
  const ids = new Set(unfinished.map(({ id }) => id));
  for (const name of await readdir(layout.videos)) {
    if (ids.has(name) && store.videos.find(name) === undefined) await takeBack(layout, name);
  }
  for (const name of await readdir(layout.uploads)) {
    const isOurs = ownIdPattern.test(name) && !ids.has(name);
    if (isOurs) await rm(layout.upload(name), { recursive: true, force: true });
  }
}

async function takeBack(layout: Layout, id: string): Promise<void> {
  try {
    await moveBack(layout, id);
  } catch (error) {
    // It died before the rename: the bytes still lie with the uploads.
    if (!isErrno(error, 'ENOENT')) throw error;
    await rm(layout.video(id), { recursive: true, force: true });
  }
}
