import { toSeconds } from '../../../shared/time.js';
import type { Job } from '../../store/jobs.js';
import { announce } from '../views/announce.js';
import type { JobContext, Pace } from '../context/context.js';
import { Forecast } from './forecast.js';
import { jobState } from '../states/job-states.js';
import { percentOf, type Work } from './progress.js';
import { speedOf, withSample, type Sample } from './speed.js';
import { workOfPlan } from './work-of-plan.js';

/** What is known of a job that is being made. */
interface Followed {
  samples: readonly Sample[];
  work: Work;
  durationSeconds: number;
  /** A note of progress is due; at most one a second. */
  timer: NodeJS.Timeout | undefined;
}

const intervalMs = 1000;

/**
 * Turns publications and ffmpeg's own progress into a job's progress, speed and expected end. The
 * speed lives in memory only: after a restart it is measured anew.
 */
export class LiveProgress {
  readonly #followed = new Map<string, Followed>();
  readonly #forecast: Forecast;

  constructor(
    private readonly context: JobContext,
    /** Work of the running attempts of a job that is not published yet. */
    private readonly inFlight: (jobId: string) => number,
  ) {
    this.#forecast = new Forecast(context, inFlight);
  }

  /** Something of this job was begun or made. Cheap: it is noted at most once a second. */
  touch(jobId: string): void {
    const followed = this.#followed.get(jobId);
    if (followed === undefined) this.#note(jobId);
    else followed.timer ??= setTimeout(() => this.#note(jobId), intervalMs).unref();
  }

  /** Speed while it is being made; expected end as soon as it is planned and anything is made. */
  pace(job: Job): Pace {
    return {
      speed: jobState(job) === 'processing' ? this.#mediaSpeed(job.id) : null,
      estimatedCompletion: this.#forecast.endOf(job),
    };
  }

  /** The job is not being made any more. */
  forget(jobId: string): void {
    clearTimeout(this.#followed.get(jobId)?.timer);
    this.#followed.delete(jobId);
    if (this.#followed.size === 0) this.#forecast.rest();
  }

  close(): void {
    for (const jobId of [...this.#followed.keys()]) this.forget(jobId);
  }

  #mediaSpeed(jobId: string): number | null {
    const followed = this.#followed.get(jobId);
    if (followed === undefined || followed.work.total === 0) return null;
    const speed = speedOf(followed.samples, this.context.clock.monotonic());
    return speed && (speed / followed.work.total) * followed.durationSeconds;
  }

  #note(jobId: string): void {
    const { store, clock } = this.context;
    const job = store.jobs.find(jobId);
    if (job === undefined || job.planId === null || jobState(job) !== 'processing') {
      return this.forget(jobId);
    }
    const { work, durationTicks } = workOfPlan(store, job, this.inFlight(jobId));
    const known = this.#followed.get(jobId);
    const sample = { atMs: clock.monotonic(), done: work.done };
    const samples = withSample(known?.samples ?? [], sample);
    const durationSeconds = toSeconds(durationTicks);
    this.#followed.set(jobId, { samples, work, durationSeconds, timer: undefined });
    const before = known?.samples.at(-1)?.done ?? work.done;
    this.#forecast.made(Math.max(0, work.done - before));
    this.#store(job, percentOf(work));
  }

  #store(job: Job, progress: number): void {
    const { store } = this.context;
    store.transaction(() => {
      if (store.jobs.raiseProgress(job.id, progress)) announce(this.context, job, 'job.progress');
    });
  }
}
