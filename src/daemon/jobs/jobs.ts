import { availableParallelism } from 'node:os';
import type { JobView } from '../../shared/contract/index.js';
import type { JobOverview } from '../store/jobs.js';
import type { RunTask } from '../worker/task.js';
import { jobCommandsOf } from './commands.js';
import type { JobContext } from './context.js';
import { demandSegment } from './demand.js';
import { jobState } from './job-states.js';
import { slotsFor, type Slots } from './lanes.js';
import { recover } from './recovery.js';
import { Scheduler } from './scheduler.js';
import type { Jobs } from './service.js';
import { submitJob } from './submit.js';
import { jobView } from './view.js';

/** The jobs of a daemon and their life: recover, start, stop, in this order. */
export interface RunningJobs extends Jobs {
  /** Brings rows and files together after a death. Before `start`. */
  recover(): Promise<void>;
  start(): void;
  /** Gives back what runs; resolves when no task runs any more. */
  stop(): Promise<void>;
}

export interface JobsOptions extends JobContext {
  readonly runTask: RunTask;
  /** Default: by the number of cores. */
  readonly slots?: Slots;
  /** The database failed: nothing is reliable any more, the daemon has to stop and say why. */
  readonly onBroken: (error: unknown) => void;
}

export function createJobs(options: JobsOptions): RunningJobs {
  const { store, bus, layout, clock, runTask, onBroken } = options;
  const context = { store, bus, layout, clock };
  const slots = options.slots ?? slotsFor(availableParallelism());
  const scheduler = new Scheduler(context, runTask, slots, onBroken);
  const commands = jobCommandsOf(context, scheduler);

  const show = (job: JobOverview) => {
    const renditions = job.planId === null ? [] : store.renditionProgress.ofPlan(job.planId);
    return jobView(job, renditions, scheduler.live.pace(job));
  };
  const view = (id: string) => {
    const job = store.jobs.findByEither(id);
    const overview = job && store.jobs.overview(job.id);
    return overview && show(overview);
  };
  const changed = (jobId: string): JobView => {
    const found = view(jobId);
    if (found === undefined) throw new Error(`job ${jobId} vanished while it was changed`);
    return found;
  };

  return {
    submit: (request) => submitJob(context, request),
    view,
    list(filter = {}) {
      const plans = store.renditionProgress.byPlan(filter.videoId);
      return store.jobs
        .overviews(filter.videoId)
        .filter((job) => filter.status === undefined || jobState(job) === filter.status)
        .map((job) => jobView(job, plans.get(job.planId ?? '') ?? [], scheduler.live.pace(job)));
    },
    cancel: (id) => changed(commands.cancel(id)),
    pause: (id) => changed(commands.pause(id)),
    resume: (id) => changed(commands.resume(id)),
    retry: (id) => changed(commands.retry(id)),
    setPriority: (id, priority) => changed(commands.setPriority(id, priority)),
    demand: (renditionId, number) => demandSegment(context, scheduler, renditionId, number),
    recover: () => recover(context),
    start: () => scheduler.start(),
    stop: () => scheduler.stop(),
  };
}
