import { extensionOf, videoExtensions } from '../formats.js';

export interface PathParts {
  /** Without the extension of a video. */
  readonly name: string;
  /** Nearest first; those that every system has are left out. */
  readonly folders: readonly string[];
}

/** A path of any system in its parts; a backslash parts only those that begin as on Windows. */
export function splitPath(path: string): PathParts {
  const isWindows = /^(?:[a-z]:|\\)\\/i.test(path);
  const parts = path.split(isWindows ? /[\\/]/ : '/');
  const folders = parts.slice(0, -1).join('/').replace(systemFolders, '').split('/');
  return {
    name: withoutExtension(parts.at(-1) ?? ''),
    folders: folders.filter((part) => !['', '.', '..'].includes(part)).toReversed(),
  };
}

/** Homes, disks and places for what is temporary, with the name of the one that is meant. */
const systemFolders = new RegExp(
  `^(?:${[
    '(?:[a-z]:)?/(?:home|users|mnt|volumes|srv|opt)/[^/]+',
    '(?:/run)?/media/[^/]+/[^/]+',
    '/root',
    '(?:/private)?(?:/var)?/tmp(?:/[^/]+)?',
    '(?:/private)?/var/folders/[^/]+/[^/]+/[^/]+(?:/[^/]+)?',
    '[a-z]:',
  ].join('|')})(?=/|$)`,
  'i',
);

function withoutExtension(name: string): string {
  const extension = extensionOf(name);
  return videoExtensions.includes(extension) ? name.slice(0, -extension.length - 1) : name;
}
