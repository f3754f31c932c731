import { availableParallelism } from 'node:os';
import type { JobView, Ladder } from '../../shared/contract/index.js';
import { plainSound, type SoundWish } from '../media/plan/sound-wish.js';
import type { RunTask } from '../worker/task.js';
import { addCallback } from './views/callbacks.js';
import { announce } from './views/announce.js';
import { jobCommandsOf } from './commands/commands.js';
import type { JobContext } from './context/context.js';
import { currentView } from './views/current-view.js';
import { Demands } from './viewers/demands.js';
import { isLive } from './states/job-states.js';
import { demandWhole } from './viewers/on-demand.js';
import { jobsOfVideo, pageOfJobs } from './views/page.js';
import { slotsFor, type EncoderSlots, type Slots } from './running/lanes.js';
import { jobLoad, type JobLoad } from './running/load.js';
import { plainPicture, type PictureWish } from './states/picture-wish.js';
import { letRead } from './commands/readers.js';
import { recover } from './upkeep/recovery.js';
import type { QuietHours } from './running/quiet-hours.js';
import { takeUpAgain } from './commands/retry.js';
import { Scheduler } from './running/scheduler.js';
import type { Jobs } from './service.js';
import { stripsOf } from './progress/plan-strip.js';
import { settingsOf, submitJob } from './commands/submit.js';
import { Waits } from './context/waits.js';
import { workControl, type WorkControl } from './running/work-control.js';
import { WorkGate } from './running/work-gate.js';

/** The jobs of a daemon and their life: recover, start, stop, in this order. */
export interface RunningJobs extends Jobs {
  /** Brings rows and files together after a death. Before `start`. */
  recover(): Promise<void>;
  start(): void;
  readonly load: JobLoad;
  readonly work: WorkControl;
  /** Gives back what runs; resolves when no task runs any more. */
  stop(): Promise<void>;
}

export interface JobsOptions extends Omit<
  JobContext,
  'waits' | 'paceOf' | 'defaultLadder' | 'defaultUseGpu' | 'sound' | 'picture'
> {
  /** Default: full. */
  readonly defaultLadder?: Ladder;
  /** Default: no. */
  readonly defaultUseGpu?: boolean;
  /** Default: in 5.1 beside stereo, where the source has it. */
  readonly sound?: SoundWish;
  /** Default: the plain ladder. */
  readonly picture?: PictureWish;
  readonly runTask: RunTask;
  /** Default: by the number of cores. */
  readonly slots?: Slots;
  /** Is asked when the first task wants one. Default: there is none. */
  readonly findEncoders?: () => Promise<readonly EncoderSlots[] | undefined>;
  readonly quietHours?: QuietHours | undefined;
  /** An admin drained it, and what ran is done. */
  readonly onDrained?: () => void;
  /** The database failed: nothing is reliable any more, the daemon has to stop and say why. */
  readonly onBroken: (error: unknown) => void;
}

export function createJobs(options: JobsOptions): RunningJobs {
  const { store, bus, layout, clock, runTask, globalWebhook, onBroken } = options;
  const { defaultLadder = 'full', defaultUseGpu = false } = options;
  const { sound = plainSound, picture = plainPicture } = options;
  const { findEncoders = () => Promise.resolve([]) } = options;
  const paceOf: JobContext['paceOf'] = (job) =>
    isLive(job) && !gate.holds(job)
      ? scheduler.live.pace(job)
      : { speed: null, estimatedCompletion: null };
  const defaults = { defaultLadder, defaultUseGpu, sound, picture };
  const waits = new Waits(store);
  const context = { store, bus, layout, clock, waits, paceOf, globalWebhook, ...defaults };
  const slots = options.slots ?? slotsFor(availableParallelism());
  const gate = new WorkGate({ switches: store.switches, clock, quietHours: options.quietHours });
  const scheduler = new Scheduler(context, runTask, gate, slots, findEncoders, onBroken);
  const demands = new Demands(context, scheduler);
  const commands = jobCommandsOf(context, scheduler);

  const view = (id: string) => currentView(context, store.jobs.idOfEither(id) ?? id);
  const changed = (jobId: string): JobView => {
    const found = view(jobId);
    if (found === undefined) throw new Error(`job ${jobId} vanished while it was changed`);
    return found;
  };

  return {
    load: jobLoad(store.census, () => scheduler.lanes),
    work: workControl(gate, scheduler, options.onDrained ?? (() => undefined)),
    submit: (request) => submitJob(context, request),
    settingsOf: (videoId, settings = {}) => settingsOf(context, { videoId, settings }),
    neverArrived: (id, type) => store.transaction(() => announce(context, { id }, type)),
    view,
    plan: (jobId) => ({ jobId, renditions: stripsOf(store, jobId) }),
    ofVideo: (videoId) => jobsOfVideo(context, videoId),
    page: (query) => pageOfJobs(context, query),
    async stopVideo(videoId) {
      for (const job of store.jobs.ofVideo(videoId)) {
        commands.abandon(job.id);
        await scheduler.quiet(job.id);
      }
    },
    cancel: (id) => changed(commands.cancel(id)),
    pause: (id) => changed(commands.pause(id)),
    resume: (id) => changed(commands.resume(id)),
    retry: (id) => changed(commands.retry(id)),
    setPriority: (id, priority) => changed(commands.setPriority(id, priority)),
    setWorkflow: (id, workflow) => changed(commands.setWorkflow(id, workflow)),
    letRead: (jobId, reader) => letRead(store, jobId, reader),
    isReader: (jobId, who) => store.jobReaders.has(who, jobId),
    takeUpAgain: (jobId) => store.transaction(() => takeUpAgain(context, jobId)),
    notify: (jobId, url, asker) => store.transaction(() => addCallback(context, jobId, url, asker)),
    demand: (renditionId, number) => demands.begin({ renditionId, number }),
    demandWhole: (renditionId) => demandWhole(context, renditionId),
    recover: () => recover(context),
    start: () => scheduler.start(),
    stop() {
      demands.close();
      return scheduler.stop();
    },
  };
}
