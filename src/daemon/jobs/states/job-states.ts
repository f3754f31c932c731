import type { JobState } from '../../../shared/states.js';
import type { Job } from '../../store/jobs.js';

/** What a job's state follows from. Stored: paused, cancelled, failed. The rest is derived. */
export type JobFacts = Pick<
  Job,
  'paused' | 'cancelledAt' | 'failure' | 'completedAt' | 'planId' | 'startedAt' | 'workedAt'
>;

/**
 * submitted: probe not yet claimed · queued: probed, nothing claimed yet · processing: a task was
 * claimed · completed: ready.
 */
export function jobState(job: JobFacts): JobState {
  if (job.cancelledAt !== null) return 'cancelled';
  if (job.failure !== null) return 'failed';
  if (job.completedAt !== null) return 'completed';
  if (job.paused) return 'paused';
  if (job.startedAt === null) return 'submitted';
  return job.planId !== null && job.workedAt === null ? 'queued' : 'processing';
}

/** Whether its tasks may run, now or after `resume`. */
export function isLive(job: JobFacts): boolean {
  return job.cancelledAt === null && job.failure === null && job.completedAt === null;
}

/** Whether anything of it may be made: of what is ready, what is made on demand. */
export function mayBeMade(job: Pick<JobFacts, 'cancelledAt' | 'failure'>): boolean {
  return job.cancelledAt === null && job.failure === null;
}

export const jobCommands = ['cancel', 'pause', 'resume', 'retry'] as const;
export type JobCommand = (typeof jobCommands)[number];

/** `nothing`: it is so already, which is no error. `verify`: only if something was lost since. */
export type CommandEffect = 'apply' | 'nothing' | 'conflict' | 'verify';

const waiting = { cancel: 'apply', pause: 'apply', resume: 'nothing', retry: 'conflict' } as const;

const effects: Readonly<Record<JobState, Readonly<Record<JobCommand, CommandEffect>>>> = {
  submitted: waiting,
  queued: waiting,
  processing: waiting,
  paused: { cancel: 'apply', pause: 'nothing', resume: 'apply', retry: 'conflict' },
  completed: { cancel: 'conflict', pause: 'conflict', resume: 'conflict', retry: 'verify' },
  failed: { cancel: 'conflict', pause: 'conflict', resume: 'conflict', retry: 'apply' },
  cancelled: { cancel: 'nothing', pause: 'conflict', resume: 'conflict', retry: 'apply' },
};

/** What a command means in a state. */
export function commandEffect(state: JobState, command: JobCommand): CommandEffect {
  return effects[state][command];
}
