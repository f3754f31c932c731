import { isSubtitleFolder } from '../../shared/sidecars/subtitle-places.js';

/** With its `/` at the end; `''` for what lies in the watched folder itself. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Where the video of a subtitle file lies: beside it, or above the `Subs` folder that it is in. */
export function folderOfVideos(path: string): string {
  const parts = folderOf(path).split('/').slice(0, -1);
  const at = parts.slice(-2).findIndex(isSubtitleFolder);
  const kept = at < 0 ? parts : parts.slice(0, Math.max(parts.length - 2, 0) + at);
  return kept.length === 0 ? '' : `${kept.join('/')}/`;
}
