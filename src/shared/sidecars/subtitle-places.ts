import {
  isTextSubtitle,
  readWords,
  sidecarName,
  stemOf,
  type SubtitleName,
} from './subtitle-name.js';

/** Folders beside a video that hold its subtitles. */
const folderNames = ['subs', 'sub', 'subtitles', 'subtitle', '자막'];

export function isSubtitleFolder(name: string): boolean {
  return folderNames.includes(name.normalize('NFC').toLowerCase());
}

/** Paths with `/` between folders, below the same folder. */
interface Place {
  readonly folders: readonly string[];
  readonly name: string;
}

/**
 * Which of `videos` a subtitle file belongs to, and what its name says: the one whose name it begins
 * with, in the same folder or beside the `Subs` folder that it lies in; `Subs/Title.E01/2_English.srt`
 * too. Of several the longest name. `Subs/2_English.srt` belongs to a video that is alone beside `Subs`.
 * Undefined when it is none's. All are paths below one folder, with `/` between their parts; `videos` are all
 * that lie there.
 */
export function videoOfSubtitle<Path extends string>(
  path: string,
  videos: readonly Path[],
): { readonly video: Path; readonly says: SubtitleName } | undefined {
  if (!isTextSubtitle(path)) return undefined;
  const subtitle = placeOf(path);
  let best: { video: Path; says: SubtitleName; length: number } | undefined;
  for (const video of videos) {
    const place = placeOf(video);
    const says = saysOf(subtitle, place);
    const { length } = stemOf(place.name);
    if (says !== undefined && length > (best?.length ?? -1)) best = { video, says, length };
  }
  return best ? { video: best.video, says: best.says } : ofLoneVideo(subtitle, videos);
}

function ofLoneVideo<Path extends string>(subtitle: Place, videos: readonly Path[]) {
  const above = subtitle.folders.slice(0, -1);
  const [video, ...others] = videos.filter((path) => isSame(placeOf(path).folders, above));
  const isIts = isSubtitleFolder(subtitle.folders.at(-1) ?? '') && others.length === 0;
  const says = isIts ? readWords(stemOf(subtitle.name)) : undefined;
  return video && says && { video, says };
}

function saysOf(subtitle: Place, video: Place): SubtitleName | undefined {
  if (isSame(subtitle.folders, video.folders)) return sidecarName(video.name, subtitle.name);
  const last = subtitle.folders.at(-1) ?? '';
  const above = subtitle.folders.slice(0, -1);
  if (isSubtitleFolder(last) && isSame(above, video.folders)) {
    return sidecarName(video.name, subtitle.name);
  }
  const isOwnFolder =
    isSubtitleFolder(above.at(-1) ?? '') &&
    isSame(above.slice(0, -1), video.folders) &&
    stemOf(`${last}.srt`) === stemOf(video.name);
  if (!isOwnFolder) return undefined;
  return sidecarName(video.name, subtitle.name) ?? readWords(stemOf(subtitle.name));
}

function placeOf(path: string): Place {
  const folders = path.split('/');
  return { name: folders.pop() ?? '', folders };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
