import { isTextSubtitle } from '../../shared/sidecars/subtitle-name.js';
import type { WatchMode } from '../../shared/contract/index.js';
import type { WatchedFile } from '../store/watched-files.js';
import type { Look, SidecarLook, VideoLook } from './look.js';
import { isSameFile, isSameStamp } from './settling.js';

/** What follows from one look at one file. */
export type Step =
  | 'nothing'
  /** It is there again, as it was. */
  | 'welcome'
  /** New, or changed since: it has to stand still first. */
  | 'wait'
  /** As before but for its inode: if it holds what was added, nothing has happened. */
  | 'recognise'
  /** What was refused may be taken now, as it is. */
  | 'retry'
  | 'note'
  | 'refuse'
  /** It is in the library and was to be moved there. */
  | 'removeOriginal';

/** Pure: from what is known of a file, and one look at it, what to do. `now`: since 1970. */
export function decide(
  file: WatchedFile | undefined,
  look: Look,
  { mode, now }: { readonly mode: WatchMode; readonly now: number },
): Step {
  if (look.kind === 'sidecar' && !isTextSubtitle(look.path)) {
    return file?.state === 'noted' ? welcome(file) : 'note';
  }
  if (look.kind === 'unusable') return decideUnusable(file, look);
  if (file === undefined || file.identity === null) return 'wait';
  if (file.state === 'importing') return 'nothing'; // the import compares what it reads
  if (!isSameFile(file.identity, look.identity)) return decideChanged(file, look, mode);
  const isDue = file.retryAt !== null && file.retryAt <= now;
  if (file.state === 'refused' && isDue) return 'retry';
  // Subtitles stay where they are.
  const isToStay = mode === 'keep' || look.kind === 'sidecar';
  if (file.state !== 'added' || isToStay) return welcome(file);
  // Only what was read from end to end may go; what was recognised is read first.
  if (file.uploadId === null) return 'wait';
  return file.error === null || isDue ? 'removeOriginal' : welcome(file);
}

function decideChanged(file: WatchedFile, look: VideoLook | SidecarLook, mode: WatchMode): Step {
  const mayBeKnown =
    mode === 'keep' &&
    file.videoId !== null &&
    file.fingerprint !== null &&
    file.identity !== null &&
    isSameStamp(file.identity, look.identity);
  return mayBeKnown ? 'recognise' : 'wait';
}

/** Said once, until it is something else. */
function decideUnusable(
  file: WatchedFile | undefined,
  { identity, error }: Look & { readonly kind: 'unusable' },
): Step {
  if (file === undefined) return 'refuse';
  if (file.state === 'importing') return 'nothing';
  // That it cannot be looked at now makes it no other file.
  if (file.state === 'added' && identity === null) return 'nothing';
  const isSaid = file.state === 'refused' && file.error?.message === error.message;
  const isSame =
    identity === null || file.identity === null
      ? identity === file.identity
      : isSameFile(identity, file.identity);
  return isSaid && isSame ? welcome(file) : 'refuse';
}

function welcome(file: WatchedFile): Step {
  return file.isPresent ? 'nothing' : 'welcome';
}

/** Pure: what to do with one that a whole look did not find. */
export function decideMissing(file: WatchedFile): 'nothing' | 'forget' | 'markMissing' {
  if (file.state === 'importing') return 'nothing';
  // Kept: the disk may come back, and what was added or removed by hand is not added again.
  return file.state === 'added' ? 'markMissing' : 'forget';
}
