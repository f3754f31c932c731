import { extensionOf, videoExtensions } from '../../shared/formats.js';
import { pictureExtensions, textExtensions } from '../../shared/sidecars/subtitle-name.js';

/** What a name in a watched folder promises; undefined: nothing that is of interest here. */
export type NameKind = 'video' | 'sidecar' | undefined;

const sidecarExtensions = [...textExtensions, ...pictureExtensions];

/** Of browsers, torrent and sync clients, while a file is on its way. */
const unfinishedSuffix =
  /\.(part|partial|crdownload|opdownload|download|filepart|tmp|temp|!qb|!ut|bc!|aria2|unconfirmed)$/i;
/** Syncthing's own, where it is told not to begin them with a dot, and rsync's `.name.mkv.Xa81bC`. */
const unfinishedName = /^(\.|~syncthing~|syncthing\.|~\$)/i;

/** Where systems put what nobody put there: bins, thumbnails, snapshots. */
const foreignFolders = [
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '@eadir',
  '#recycle',
];

/** What a file of this name may be. */
export function kindOfName(name: string): NameKind {
  if (unfinishedName.test(name) || unfinishedSuffix.test(name)) return undefined;
  const extension = extensionOf(name);
  if (videoExtensions.includes(extension)) return 'video';
  return sidecarExtensions.includes(extension) ? 'sidecar' : undefined;
}

/** Whether a folder of this name is looked into. */
export function isOpenFolder(name: string): boolean {
  return !name.startsWith('.') && !foreignFolders.includes(name.toLowerCase());
}

/**
 * Of the names in one folder those that a downloader still holds: Firefox keeps an empty `a.mkv`
 * beside `a.mkv.part`, aria2 a file of full size beside `a.mkv.aria2`.
 */
export function heldNames(names: Iterable<string>): Set<string> {
  const held = new Set<string>();
  for (const name of names) {
    if (unfinishedSuffix.test(name)) held.add(name.replace(unfinishedSuffix, ''));
  }
  return held;
}
