import { stat } from 'node:fs/promises';
import { jobSettings, type JobSettings } from '../../shared/contract/index.js';
import { newId } from '../../shared/ids.js';
import type { JobWish } from '../../shared/job-wish.js';
import { idTaken } from '../jobs/commands/id-taken.js';
import type { Job } from '../store/jobs.js';
import type { Upload } from '../store/uploads.js';
import { fingerprintOf } from './admit.js';
import type { UploadContext } from './context.js';
import type { Imports } from './imports.js';

/** A file on this machine of which a job shall be made. */
export interface PromisedFile {
  readonly path: string;
  readonly wish: JobWish;
  /** The id that the video shall have when its content is new. */
  readonly id?: string;
  readonly owner?: string;
}

/**
 * Begins to take a file and returns the id of the job that it will become: it can be followed and
 * cancelled from now on. Asking for the same again begins nothing. Throws JOB_STATE_CONFLICT when
 * the wanted id is that of another job, and what startImport throws.
 */
export async function promiseJob(
  context: UploadContext,
  imports: Imports,
  file: PromisedFile,
): Promise<string> {
  const before = promisedVideo(context, file) ?? (await promisedJob(context, file));
  if (before !== undefined) return before;
  const { path, wish, id, owner } = file;
  const job = { ...wish, jobId: wish.jobId ?? newId() };
  await imports.start({
    ...{ path, link: false, metadata: {}, job },
    ...(id !== undefined && { id }),
    ...(owner !== undefined && { owner }),
  });
  return job.jobId;
}

/** The job of an earlier request for the same file under the same video's id. */
function promisedVideo({ store, jobs }: UploadContext, file: PromisedFile): string | undefined {
  const upload = file.id === undefined ? undefined : store.uploads.find(file.id);
  const jobId = upload?.importFrom?.job?.jobId;
  if (upload === undefined || jobId === undefined || !isSameRequest(upload, file)) return undefined;
  return jobs.view(jobId) === undefined ? undefined : jobId;
}

/** The same under an id for the job that the client chose. */
async function promisedJob(context: UploadContext, file: PromisedFile) {
  const { jobId } = file.wish;
  if (jobId === undefined) return undefined;
  const upload = context.store.uploads.findByJob(jobId);
  const job = context.store.jobs.findByName(jobId);
  if (upload !== undefined && isSameRequest(upload, file)) return jobId;
  if (job !== undefined && (await isMadeOf(context, job, file))) return jobId;
  const isTaken = job !== undefined || upload?.state === 'importing';
  if (isTaken) throw idTaken(jobId);
  return undefined;
}

/** One that came to nothing is begun again. */
function isSameRequest({ state, importFrom }: Upload, { path, wish }: PromisedFile): boolean {
  return (
    (state === 'importing' || state === 'complete') &&
    importFrom?.path === path &&
    isSame(importFrom.job?.settings, wish.settings)
  );
}

/** The import is forgotten after a day or two; the file tells as well. */
async function isMadeOf(
  { store, jobs }: UploadContext,
  job: Job,
  { path, wish }: PromisedFile,
): Promise<boolean> {
  const video = store.videos.find(job.videoId);
  const meanings = [wish.settings, ...jobs.settingsOf(job.videoId, wish.settings)];
  const isMeant = meanings.some((each) => isSame(job.settings, each));
  if (video === undefined || !isMeant) return false;
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  return size === video.sizeBytes && (await fingerprintOf(path, size)) === video.fingerprint;
}

/** Who leaves one of these open means the one that is there. */
function isSame(a: Partial<JobSettings> = {}, b: Partial<JobSettings> = {}): boolean {
  const open = {
    ...{ ladder: a.ladder ?? b.ladder, loudness: a.loudness ?? b.loudness },
    ...{ crf: a.crf ?? b.crf, preset: a.preset ?? b.preset },
    burnSubtitles: a.burnSubtitles ?? b.burnSubtitles,
  };
  const [one, other] = [a, b].map((each) => jobSettings.parse({ ...open, ...each }));
  return JSON.stringify(one) === JSON.stringify(other);
}
