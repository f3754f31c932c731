import { toSeconds } from '../../shared/time.js';
import { announce } from './announce.js';
import type { JobContext } from './context.js';
import { jobState } from './job-states.js';
import { percentOf, workOf, type Work } from './progress.js';
import { estimate, speedOf, withSample, type Sample } from './speed.js';
import type { Job } from '../store/jobs.js';
import type { Pace } from './view.js';

/** What is known of a job that is being made. */
interface Followed {
  samples: readonly Sample[];
  work: Work;
  durationSeconds: number;
  /** A note of progress is due; at most one a second. */
  timer: NodeJS.Timeout | undefined;
}

const intervalMs = 1000;
const unknownPace: Pace = { speed: null, estimatedCompletion: null };

/**
 * Turns publications and ffmpeg's own progress into a job's progress, speed and expected end. The
 * speed lives in memory only: after a restart it is measured anew.
 */
export class LiveProgress {
  readonly #followed = new Map<string, Followed>();

  constructor(
    private readonly context: JobContext,
    /** Work of the running attempts of a job that is not published yet. */
    private readonly inFlight: (jobId: string) => number,
  ) {}

  /** Something of this job was made. Cheap: it is noted at most once a second. */
  touch(jobId: string): void {
    const followed = this.#followed.get(jobId);
    if (followed === undefined) this.#note(jobId);
    else followed.timer ??= setTimeout(() => this.#note(jobId), intervalMs).unref();
  }

  /** Speed and expected end from the last 30 s of work; unknown while nothing is being made. */
  pace(job: Job): Pace {
    const followed = this.#followed.get(job.id);
    if (followed === undefined || jobState(job) !== 'processing') return unknownPace;
    const { samples, work, durationSeconds } = followed;
    const { clock } = this.context;
    const speed = speedOf(samples, clock.monotonic());
    if (speed === null || work.total === 0) return unknownPace;
    return {
      speed: (speed / work.total) * durationSeconds,
      estimatedCompletion: estimate(clock.now(), work.total - work.done, speed),
    };
  }

  /** The job is not being made any more. */
  forget(jobId: string): void {
    clearTimeout(this.#followed.get(jobId)?.timer);
    this.#followed.delete(jobId);
  }

  close(): void {
    for (const jobId of [...this.#followed.keys()]) this.forget(jobId);
  }

  #note(jobId: string): void {
    const { store, clock } = this.context;
    const job = store.jobs.find(jobId);
    if (job === undefined || job.planId === null || jobState(job) !== 'processing') {
      return this.forget(jobId);
    }
    const durationTicks = store.videos.find(job.videoId)?.durationTicks ?? 0;
    const renditions = store.renditionProgress.ofPlan(job.planId);
    const work = workOf(renditions, durationTicks, this.inFlight(jobId));
    const sample = { atMs: clock.monotonic(), done: work.done };
    const samples = withSample(this.#followed.get(jobId)?.samples ?? [], sample);
    const durationSeconds = toSeconds(durationTicks);
    this.#followed.set(jobId, { samples, work, durationSeconds, timer: undefined });
    this.#store(job, percentOf(work));
  }

  #store(job: Job, progress: number): void {
    const { store } = this.context;
    store.transaction(() => {
      if (!store.jobs.raiseProgress(job.id, progress)) return;
      announce(this.context, job, 'job.progress', { progress });
    });
  }
}
