import { toSeconds } from '../../../shared/time.js';
import type { Job } from '../../store/jobs.js';
import type { JobContext } from '../context/context.js';
import { jobState } from '../states/job-states.js';
import { workUntilDone, type LiveJob } from './outlook.js';
import { speedOf, timeLeft, withSample, type Sample } from './speed.js';
import { workOfPlan } from './work-of-plan.js';

/** Who is further back in the queue than this has no expected end yet. */
const foreseeableJobs = 200;
/** Copies and sound come first: a shorter look at them says nothing of the pictures, and promised days. */
const shortestLookMs = 3000;
/** The outlook is looked up again when it is older than this: lists ask it for many jobs at once. */
const outlookMs = 1000;

/**
 * When jobs will be done: what is left of them and of those before them, at the speed at which this
 * machine has worked for the last 30 s. See docs/decisions/0006-expected-end.md.
 */
export class Forecast {
  #samples: readonly Sample[] = [];
  #made = 0;
  #outlook: { readonly atMs: number; readonly jobs: ReadonlyMap<string, LiveJob> } | undefined;

  constructor(
    private readonly context: JobContext,
    private readonly inFlight: (jobId: string) => number,
  ) {}

  /** Work of any job was done. */
  made(work: number): void {
    this.#made += work;
    this.#samples = withSample(this.#samples, {
      atMs: this.context.clock.monotonic(),
      done: this.#made,
    });
  }

  /** Nothing is being made: how fast it was says nothing of what comes next. */
  rest(): void {
    this.#samples = [];
  }

  /** Milliseconds since 1970; null before it is planned, while it is paused and when it has ended. */
  endOf(job: Job): number | null {
    const { clock } = this.context;
    const state = jobState(job);
    if (job.planId === null || (state !== 'processing' && state !== 'queued')) return null;
    const nowMs = clock.monotonic();
    const speed = speedOf(this.#samples, nowMs, shortestLookMs);
    if (speed === null) return null;
    const { atMs, jobs } = this.#lookAhead(nowMs);
    const live = jobs.get(job.id);
    if (live === undefined) return null;
    const left = workUntilDone(live, [...jobs.values()]);
    const ms = timeLeft({ left, lookedMs: atMs }, speed, nowMs);
    return ms && clock.now() + Math.ceil(ms);
  }

  #lookAhead(nowMs: number) {
    if (this.#outlook !== undefined && nowMs - this.#outlook.atMs < outlookMs) return this.#outlook;
    const jobs = this.context.store.jobs.live(foreseeableJobs).map((job) => this.#live(job));
    this.#outlook = { atMs: nowMs, jobs: new Map(jobs.map((job) => [job.id, job])) };
    return this.#outlook;
  }

  #live(job: Job): LiveJob {
    const { work, durationTicks } = workOfPlan(this.context.store, job, this.inFlight(job.id));
    const durationSeconds = toSeconds(durationTicks);
    const workPerSecond = durationSeconds === 0 ? 0 : work.total / durationSeconds;
    const left = work.total - work.done;
    return { id: job.id, priority: job.priority, durationSeconds, workPerSecond, left };
  }
}
