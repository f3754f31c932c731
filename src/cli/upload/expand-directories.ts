import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { extensionOf, videoExtensions } from '../../shared/formats.js';

/** Numbers in names count as numbers: episode 2 goes before episode 10. */
const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * Every directory among the names replaced by the video files in it and below it, in the order of their
 * names. Symbolic links and hidden names in it are left out. A directory that cannot be read, or has
 * no videos, stays as it is: whoever opens it says why it is no episode.
 */
export async function expandDirectories(named: readonly string[], cwd: string): Promise<string[]> {
  const expanded = await Promise.all(named.map((name) => expand(name, cwd)));
  return expanded.flat();
}

async function expand(name: string, cwd: string): Promise<string[]> {
  if (name === '-') return [name];
  const videos = await videosBelow(name, cwd);
  return videos.length === 0 ? [name] : videos;
}

async function videosBelow(directory: string, cwd: string): Promise<string[]> {
  const entries = await readdir(resolve(cwd, directory), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => (error.code === 'EACCES' ? undefined : []),
  );
  if (entries === undefined) return [directory];
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const ordered = visible.toSorted((a, b) => byName.compare(a.name, b.name));
  const found = await Promise.all(ordered.map((entry) => videosOf(entry, directory, cwd)));
  return found.flat();
}

/** Neither the target of a symbolic link, which may lie anywhere, nor a pipe or a device. */
async function videosOf(entry: Dirent, directory: string, cwd: string): Promise<string[]> {
  const path = join(directory, entry.name);
  if (entry.isDirectory()) return videosBelow(path, cwd);
  const isVideo = entry.isFile() && videoExtensions.includes(extensionOf(entry.name));
  return isVideo ? [path] : [];
}
