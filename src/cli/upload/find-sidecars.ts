import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { extensionOf, videoExtensions } from '../../shared/formats.js';
import {
  isTextSubtitle,
  pictureExtensions,
  sidecarName,
} from '../../shared/sidecars/subtitle-name.js';
import { isSubtitleFolder, videoOfSubtitle } from '../../shared/sidecars/subtitle-places.js';

export interface Sidecar {
  /** Absolute. */
  readonly path: string;
  /** Seen from the video's folder, with `/`. */
  readonly name: string;
}

export interface Sidecars {
  readonly texts: readonly Sidecar[];
  /** Pictures of words (VobSub, PGS), which cannot be added. */
  readonly pictures: readonly string[];
}

/**
 * The subtitle files of a video, by their names: beside it and in `Subs` folders there, in the order of
 * their names. What belongs to another video of the folder is that one's. Hidden names and links are
 * left out; a folder that cannot be read has none.
 */
export async function findSidecars(named: string, cwd: string): Promise<Sidecars> {
  const video = resolve(cwd, named);
  const [folder, own] = [dirname(video), basename(video)];
  const entries = await visible(folder);
  const videos = entries.flatMap(({ name }) =>
    videoExtensions.includes(extensionOf(name)) ? [name] : [],
  );
  const names = [...filesOf(entries), ...(await inSubtitleFolders(folder, entries))].toSorted();
  const known = [...new Set([own, ...videos])];
  const texts = names.filter(
    (name) => isTextSubtitle(name) && videoOfSubtitle(name, known)?.video === own,
  );
  const pictures = names.filter(
    (name) =>
      pictureExtensions.includes(extensionOf(name)) &&
      sidecarName(own, basename(name)) !== undefined,
  );
  return { texts: texts.map((name) => ({ name, path: join(folder, name) })), pictures };
}

/** In the folders themselves and one below: some releases have a folder for each episode. */
async function inSubtitleFolders(folder: string, entries: readonly Dirent[]): Promise<string[]> {
  const found: string[] = [];
  const folders = entries.filter((entry) => entry.isDirectory() && isSubtitleFolder(entry.name));
  for (const { name } of folders) {
    const inside = await visible(join(folder, name));
    found.push(...filesOf(inside).map((file) => `${name}/${file}`));
    for (const below of inside.filter((entry) => entry.isDirectory())) {
      const files = filesOf(await visible(join(folder, name, below.name)));
      found.push(...files.map((file) => `${name}/${below.name}/${file}`));
    }
  }
  return found;
}

async function visible(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter(({ name }) => !name.startsWith('.'));
}

function filesOf(entries: readonly Dirent[]): string[] {
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
