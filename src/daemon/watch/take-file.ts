import { join } from 'node:path';
import type { FileIdentity } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import type { WatchedFile } from '../store/watched-files.js';
import type { Watch } from '../store/watches.js';
import type { Accepted } from '../uploads/context.js';
import type { WatchContext } from './context.js';
import { outcomeOf } from './outcome.js';
import type { FileRecords } from './records.js';
import { removeOriginal } from './remove-original.js';
import { isSameFile } from './settling.js';
import type { Settled } from './standings.js';

/** One watched folder as seen from one of its files. */
export interface Taking {
  readonly watch: Watch;
  readonly records: FileRecords;
  readonly context: WatchContext;
  readonly signal: AbortSignal;
}

/**
 * Makes a file that has stood still a video, or records why not. When the daemon stops on the way, the
 * record says how far it came. Never rejects.
 */
export async function takeFile(
  { path, identity: settled }: Settled,
  taking: Taking,
): Promise<void> {
  await recordFailure(path, taking, async () => {
    const { records, context, signal, watch } = taking;
    const file = records.find(path);
    const whole = join(watch.path, path);
    const identity = await context.files.identityOf(whole);
    const isToTake = file?.state === 'waiting' || file?.state === 'refused';
    if (!isToTake || identity === undefined) return;
    if (!isSameFile(identity, settled)) throw new KdramaError('SOURCE_CHANGED', whole);
    const { fingerprint } = await context.uploads.peek(whole);
    if (isKnown(file, fingerprint))
      return records.change(path, { state: 'added', identity, error: null });
    await context.demandWhole(whole, signal);
    const uploadId = newId();
    records.change(path, { state: 'importing', identity, fingerprint, uploadId, error: null });
    await finish(path, taking, await importFile({ id: uploadId, path: whole, identity }, taking));
  });
}

/** Goes on with one that was being taken when the daemon ended. Never rejects. */
export async function resumeFile(path: string, taking: Taking): Promise<void> {
  await recordFailure(path, taking, async () => {
    const { records, context, signal } = taking;
    const imported = context.uploads.whenImported(records.find(path)?.uploadId ?? '');
    if (imported === undefined) return records.change(path, { state: 'waiting', uploadId: null });
    await finish(path, taking, await unlessStopped(imported, signal));
  });
}

/** Where bytes were removed from the library by hand, an unchanged file is still known. */
function isKnown({ videoId, fingerprint }: WatchedFile, found: string): boolean {
  return videoId !== null && fingerprint === found;
}

interface Original {
  readonly id: string;
  readonly path: string;
  readonly identity: FileIdentity;
}

/** One that will be moved need not be copied where a second link to it can be made. */
async function importFile(file: Original, taking: Taking): Promise<Pick<Accepted, 'videoId'>> {
  const run = async (link: boolean) => {
    const { ended } = await taking.context.uploads.import({ ...file, link, metadata: {} });
    return unlessStopped(ended, taking.signal);
  };
  if (taking.watch.mode === 'keep') return run(false);
  try {
    return await run(true);
  } catch (error) {
    if (!(error instanceof KdramaError) || error.code !== 'IMPORT_UNAVAILABLE') throw error;
    return run(false);
  }
}

async function finish(
  path: string,
  { records, context, watch }: Taking,
  { videoId }: Pick<Accepted, 'videoId'>,
): Promise<void> {
  const before = records.find(path)?.videoId ?? null;
  records.change(path, { state: 'added', videoId, error: null, retryAt: null });
  // What was moved away is gone from there: the next file of this name is not a change of it.
  const isChanged = before !== null && watch.mode === 'keep';
  const replaced =
    isChanged && context.replaceSameEpisode(before, videoId) ? { replaces: before } : {};
  const said = { path: join(watch.path, path), videoId, ...replaced };
  context.log.info(said, 'added from a watched folder');
  if (watch.mode === 'move') await removeOriginal(watch, path, records, context);
}

async function recordFailure(path: string, taking: Taking, work: () => Promise<void>) {
  const { records, context, signal, watch } = taking;
  if (signal.aborted) return;
  const said = records.find(path)?.error?.message;
  try {
    await work();
  } catch (err) {
    if (signal.aborted) return;
    const outcome = outcomeOf(err, context.clock.now());
    if (outcome.error !== null && outcome.error.message !== said) {
      const why = err instanceof KdramaError ? { reason: err.message } : { err };
      context.log.warn({ path: join(watch.path, path), ...why }, 'not added from a watched folder');
    }
    records.change(path, { ...outcome, fingerprint: null });
  }
}

/** An import goes on by itself at the next start: nobody waits for it while the daemon stops. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason as Error);
    const settle = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    work.finally(settle).then(resolve, reject);
  });
}
