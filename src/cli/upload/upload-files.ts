import type { JobView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Api } from '../api/client.js';
import { exitCodeOf } from '../exit-code.js';
import { followJob } from '../follow/follow-job.js';
import { isReached, missedGoal, type Goal } from '../follow/goal.js';
import { Interruption, withTimeout } from '../interruption.js';
import { episodeName, watchAddress } from '../output/episode-words.js';
import { asKdramaError } from '../output/report-error.js';
import type { Step } from '../progress/step.js';
import { addNamed, stdinName, type Sources } from './add-named.js';
import { attachSidecars, type AttachedSidecars } from './attach-sidecars.js';
import type { Outcome } from './outcome.js';
import { findSameEpisode, replacementWords } from './same-episode.js';

/** Everything that the upload of one file needs beside its name; `api` tries again. */
export interface Upload extends Sources {
  /** For following the job, after a restart of the daemon too. */
  readonly connect: () => Promise<Api>;
  readonly serverUrl: string;
  /** It takes the place of another file of its episode. */
  readonly replace: boolean;
  /** Subtitle files beside a video are added to it. */
  readonly subtitles: boolean;
  /** undefined: only until the probe has a verdict. */
  readonly goal: Exclude<Goal, 'verdict'> | undefined;
  /** How long that verdict may take, seconds. */
  readonly verdictSeconds: number;
}

/** What becomes of each file, as it becomes known. */
export interface Listener {
  onStep(file: number, step: Step): void;
  onOutcome(file: number, outcome: Outcome): void;
  onError(file: number, error: unknown): void;
  /** One of the subtitle files of a video was not added; the video was. */
  onSubtitleError(path: string, error: unknown): void;
  /** Something that the person may want to know. */
  onNote(words: string): void;
}

/**
 * Uploads files one after the other, while the jobs of earlier ones are followed. Returns an exit
 * code for each; an interruption ends them all with its own.
 */
export async function uploadFiles(
  files: readonly string[],
  upload: Upload,
  listener: Listener,
): Promise<ExitCode[]> {
  const codes: Promise<ExitCode>[] = [];
  for (const [index, file] of files.entries()) {
    const accepted = accept(index, file, upload, listener);
    codes.push(
      accepted
        .then(async (outcome) => {
          await finish(index, outcome, upload, listener);
          return outcome.subtitles.failed > 0 ? exitCodes.failed : exitCodes.ok;
        })
        .catch((error: unknown) => failed(index, error, listener)),
    );
    await accepted.catch(() => undefined);
    if (upload.signal.aborted) break;
  }
  return Promise.all(codes);
}

function failed(index: number, error: unknown, listener: Listener): ExitCode {
  if (!(error instanceof Interruption)) {
    listener.onStep(index, { name: 'failed', message: asKdramaError(error).message });
    listener.onError(index, error);
  }
  return exitCodeOf(error);
}

/** Until the file is in the library and the probe knows what it is. */
async function accept(
  index: number,
  file: string,
  upload: Upload,
  listener: Listener,
): Promise<Outcome> {
  const onStep = (step: Step) => listener.onStep(index, step);
  const added = await addNamed(file, upload, onStep);
  const subtitles = await sidecarsOf(file, added.videoId, upload, listener);
  const outcome = { file, added, subtitles, serverUrl: upload.serverUrl };
  const job = await verdict(added.jobId, upload, showJob(upload, added.videoId, onStep));
  const missed = missedGoal('verdict', job);
  if (missed !== undefined) throw missed;
  return { ...outcome, job, replaces: await settleReplacement(added.videoId, upload, listener) };
}

async function sidecarsOf(
  file: string,
  videoId: string,
  upload: Upload,
  listener: Listener,
): Promise<AttachedSidecars> {
  if (!upload.subtitles || file === stdinName) return { names: [], failed: 0 };
  return attachSidecars(file, videoId, upload, listener);
}

/** Another file of the same episode is replaced where that was asked for, else offered to be. */
async function settleReplacement(
  videoId: string,
  { api, replace }: Upload,
  listener: Listener,
): Promise<string | null> {
  const looking = findSameEpisode(videoId, api);
  // The file is in the library: that nothing can be said of others is no failure.
  const [other, ...more] = await (replace ? looking : looking.catch(() => []));
  if (other === undefined) return null;
  if (!replace) {
    listener.onNote(
      `${episodeName(other)} is in the library with another file (${other.id}). To keep only the new one, upload it with --replace.`,
    );
    return null;
  }
  await api.replaceVideo(other.id, videoId);
  listener.onNote(replacementWords(other, more));
  return other.id;
}

async function finish(
  index: number,
  outcome: Outcome,
  upload: Upload,
  listener: Listener,
): Promise<void> {
  const { goal } = upload;
  if (goal === undefined) return listener.onOutcome(index, outcome);
  const onView = showJob(upload, outcome.added.videoId, (step) => listener.onStep(index, step));
  const job = await followJob(outcome.job.jobId, upload, (view) => isReached(goal, view), onView);
  const missed = missedGoal(goal, job);
  if (missed !== undefined) throw missed;
  listener.onOutcome(index, { ...outcome, job });
}

/** The job once it is probed, or as it is when that takes too long: the file is kept either way. */
async function verdict(
  jobId: string,
  upload: Upload,
  onView: (job: JobView) => void,
): Promise<JobView> {
  const signal = withTimeout(upload.signal, upload.verdictSeconds);
  try {
    return await followJob(
      jobId,
      { ...upload, signal },
      (job) => isReached('verdict', job),
      onView,
    );
  } catch (error) {
    upload.signal.throwIfAborted();
    if (!signal.aborted) throw error;
    return upload.api.job(jobId);
  }
}

function showJob(upload: Upload, videoId: string, onStep: (step: Step) => void) {
  const watch = watchAddress(upload.serverUrl, videoId);
  return (job: JobView) => onStep({ name: 'making', job, watch });
}
