import { KdramaError } from '../../../shared/errors.js';
import type { Workflow } from '../../../shared/contract/index.js';
import type { Priority } from '../../../shared/states.js';
import type { Job } from '../../store/jobs.js';
import { announce } from '../views/announce.js';
import { arrivingJob } from '../views/arriving.js';
import type { JobContext } from '../context/context.js';
import { commandEffect, isLive, jobState, type JobCommand } from '../states/job-states.js';
import { retryJob, stateConflict } from './retry.js';
import type { Scheduler } from '../running/scheduler.js';
import { priorityNumber } from '../views/view.js';

/** What a person does to a job, by its id or its video's. Each returns the job's id. */
export function jobCommandsOf(context: JobContext, scheduler: Scheduler) {
  const { store, bus, clock } = context;

  /** `apply` runs in one transaction; the bus hears of it and of new work afterwards. */
  function command(id: string, name: JobCommand, apply: (job: Job) => void): string {
    const job = knownJob(context, id);
    const state = jobState(job);
    const effect = commandEffect(state, name);
    if (effect === 'nothing') return job.id;
    if (effect === 'conflict') throw stateConflict(name, state);
    store.transaction(() => apply(job));
    bus.emit('work');
    return job.id;
  }

  return {
    cancel(id: string): string {
      const jobId = command(id, 'cancel', (job) => {
        store.jobs.cancel(job.id, clock.now());
        store.tasks.cancelWaiting(job.id);
        announce(context, job, 'job.cancelled');
      });
      scheduler.stopJob(jobId, 'cancelled');
      return jobId;
    },
    /** Its video goes: also what is made on demand of a job that is ready ends. */
    abandon(jobId: string): void {
      const job = knownJob(context, jobId);
      if (isLive(job)) this.cancel(jobId);
      else if (store.tasks.countOpen(jobId) > 0) {
        store.transaction(() => {
          store.jobs.cancel(jobId, clock.now());
          store.tasks.cancelWaiting(jobId);
        });
        scheduler.stopJob(jobId, 'its video is removed');
      }
    },
    pause(id: string): string {
      const jobId = command(id, 'pause', (job) => {
        store.jobs.setPaused(job.id, true);
        announce(context, job, 'job.paused');
      });
      scheduler.stopJob(jobId, 'paused');
      return jobId;
    },
    resume: (id: string): string =>
      command(id, 'resume', (job) => {
        store.jobs.setPaused(job.id, false);
        announce(context, job, 'job.resumed');
      }),
    retry: (id: string): string => command(id, 'retry', (job) => retryJob(context, job)),
    setPriority(id: string, priority: Priority): string {
      const job = knownJob(context, id);
      store.transaction(() => {
        store.jobs.setPriority(job.id, priorityNumber(priority));
        store.tasks.setPriority(job.id, priorityNumber(priority));
        announce(context, job, 'job.changed');
      });
      return job.id;
    },
    setWorkflow(id: string, workflow: Workflow | null): string {
      const job = knownJob(context, id);
      store.transaction(() => {
        store.jobs.setWorkflow(job.id, workflow);
        announce(context, job, 'job.changed');
      });
      return job.id;
    },
  };
}

/** Throws TRANSCODE_JOB_NOT_FOUND; JOB_STATE_CONFLICT while its file is on its way. */
function knownJob(context: JobContext, id: string): Job {
  const job = context.store.jobs.findByEither(id);
  if (job !== undefined) return job;
  const arriving = arrivingJob(context, id);
  if (arriving === undefined) throw new KdramaError('TRANSCODE_JOB_NOT_FOUND');
  const detail = `expected a job whose file is here, got one that is ${arriving.status}`;
  throw new KdramaError('JOB_STATE_CONFLICT', detail, {
    hint: 'Until its file is here a job can only be cancelled; post it again if it failed.',
  });
}
