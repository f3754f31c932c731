import { join } from 'node:path';
import type { WatchedFile } from '../store/watched-files.js';
import type { Watch } from '../store/watches.js';
import type { WatchContext } from './context.js';
import { decide, decideMissing, type Step } from './decide.js';
import type { Look, SidecarLook, VideoLook } from './look.js';
import { fresh, type FileRecords } from './records.js';
import { hasVideo } from './take-sidecar.js';

/** One watched folder, as looking through it needs it. */
export interface Scanned {
  readonly watch: Watch;
  readonly records: FileRecords;
  readonly context: WatchContext;
  readonly signal: AbortSignal;
  /** Something is being done with it: what it will be is not decided here. */
  readonly isInHand: (path: string) => boolean;
  /** It stands as it was seen now. */
  readonly onWaiting: (look: VideoLook | SidecarLook) => void;
  readonly onRetry: (look: VideoLook | SidecarLook) => void;
  readonly onRemoveOriginal: (path: string) => void;
}

/** So much is recorded in one commit: each waits for the disk, and nobody else may wait long. */
const looksAtOnce = 500;

/** Looks through a whole folder and records what is new. Rejects where it cannot be read. */
export async function scan(folder: Scanned): Promise<void> {
  const { watch, context, signal } = folder;
  const seen = new Set<string>();
  const unread: string[] = [];
  let looks: Look[] = [];
  const recordAll = () => {
    context.store.transaction(() => looks.forEach((look) => record(look, folder)));
    looks = [];
  };
  for await (const look of context.files.walk(watch.path, context.except, signal)) {
    seen.add(look.path);
    if (look.kind === 'unusable' && look.identity === null) unread.push(`${look.path}/`);
    if (looks.push(look) >= looksAtOnce) recordAll();
  }
  recordAll();
  await recordGone(
    folder,
    (path) => seen.has(path) || unread.some((start) => path.startsWith(start)),
  );
}

async function recordGone(folder: Scanned, mayBeThere: (path: string) => boolean): Promise<void> {
  const { records, context, isInHand } = folder;
  const gone = records.present().filter((path) => !mayBeThere(path) && !isInHand(path));
  // A disk that went away while it was looked through has taken nothing with it.
  if (gone.length === 0 || !(await isStillThere(folder))) return;
  context.store.transaction(() => gone.forEach((path) => recordMissing(path, records)));
}

async function isStillThere({ watch, context }: Scanned): Promise<boolean> {
  const device = context.store.watches.find(watch.id)?.device ?? null;
  return (await context.files.deviceOf(watch.path)) === device;
}

function record(look: Look, folder: Scanned): void {
  const { watch, records, context } = folder;
  if (folder.isInHand(look.path)) return;
  const file = records.find(look.path);
  const step = decide(file, look, { mode: watch.mode, now: context.clock.now() });
  act(step, look, folder);
  if (look.kind === 'unusable' || step === 'note') return;
  const isWaiting = file?.state === 'waiting' || step === 'wait' || step === 'recognise';
  if (isWaiting) folder.onWaiting(look);
  else if (step === 'retry' || isAwaited(file, look, folder)) folder.onRetry(look);
}

/** Subtitles that were noted, and the video has come: they stand still as they did. */
function isAwaited(file: WatchedFile | undefined, look: Look, folder: Scanned): boolean {
  return look.kind === 'sidecar' && file?.state === 'noted' && hasVideo(look.path, folder);
}

function act(step: Step, look: Look, { watch, records, context, onRemoveOriginal }: Scanned): void {
  const { path, identity } = look;
  // What it was before is replaced by what it will be.
  const anew = { ...fresh, videoId: records.find(path)?.videoId ?? null };
  switch (step) {
    case 'nothing':
    case 'retry':
      return;
    case 'welcome':
      return records.setPresent(path, true);
    case 'wait':
      return records.change(path, { ...anew, state: 'waiting', identity });
    case 'recognise':
      return records.change(path, { ...recognised, state: 'waiting', identity });
    case 'note':
      return records.change(path, { ...fresh, state: 'noted', identity });
    case 'removeOriginal':
      return onRemoveOriginal(path);
    case 'refuse':
      if (look.kind !== 'unusable') return;
      context.log.warn(
        { path: join(watch.path, path), reason: look.error.message },
        'not added from a watched folder',
      );
      return records.change(path, { ...anew, state: 'refused', identity, error: look.error });
  }
}

/** The content may be known, but this file was not read. */
const recognised = { uploadId: null, error: null, retryAt: null, isPresent: true };

function recordMissing(path: string, records: FileRecords): void {
  const file = records.find(path);
  const step = file === undefined ? 'nothing' : decideMissing(file);
  if (step === 'forget') records.forget(path);
  if (step === 'markMissing') records.setPresent(path, false);
}
