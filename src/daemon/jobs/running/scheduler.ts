import type { Job } from '../../store/jobs.js';
import type { LaneName, TaskRow } from '../../store/tasks.js';
import type { RunTask } from '../../worker/task.js';
import { Alarm } from './alarm.js';
import { Attempt } from './attempt.js';
import type { Ended } from '../ended/ended.js';
import { claimBest, type ClaimedTask } from './claim.js';
import type { JobContext } from '../context/context.js';
import { mayBeMade } from '../states/job-states.js';
import { Lanes, lanesOf, type EncoderSlots, type Lane, type Slots } from './lanes.js';
import { LiveProgress } from '../progress/live-progress.js';
import { graceSeconds, isNearlyDone } from './nearly-done.js';
import { Preemption } from './preemption.js';
import { recordEnd } from '../ended/record-end.js';
import { endOfAll, Running } from './running.js';
import type { WorkGate } from './work-gate.js';

/** Runs the best waiting tasks of the database, as many at once as the lanes have slots. */
export class Scheduler {
  readonly live: LiveProgress;
  readonly #lanes: Lanes;
  readonly #running = new Running();
  readonly #preemption: Preemption;
  #isOpen = false;
  #isLooking = false;
  readonly #wake = () => {
    this.#lookForEncoders();
    this.#lanes.wake();
  };
  /** A task that backs off is not found by asking: it is asked again when its time has come. */
  readonly #alarm = new Alarm(this.#wake);

  /**
   * `findEncoders` is asked when the first task wants one; it says undefined as long as that cannot be
   * known. `onBroken`: the database failed; the daemon has to stop.
   */
  constructor(
    private readonly context: JobContext,
    private readonly runTask: RunTask,
    private readonly gate: WorkGate,
    private readonly slots: Slots,
    private readonly findEncoders: () => Promise<readonly EncoderSlots[] | undefined>,
    private readonly onBroken: (error: unknown) => void,
  ) {
    const lanes = lanesOf(slots, undefined);
    this.#lanes = new Lanes(lanes, (lane) => this.#runBest(lane), onBroken);
    this.#preemption = new Preemption(context, this.#lanes, this.#running, gate);
    this.live = new LiveProgress(context, (jobId) =>
      this.#running.ofJob(jobId).reduce((sum, attempt) => sum + attempt.made.inFlight, 0),
    );
  }

  start(): void {
    this.#isOpen = true;
    this.context.bus.on('work', this.#wake);
    this.gate.watch(() => this.lookAtGate());
    this.#wake();
  }

  /**
   * Lets what is nearly done come to its end and gives the rest back to the queue; resolves when all of
   * it has ended.
   */
  async stop(): Promise<void> {
    this.#isOpen = false;
    this.gate.close();
    this.context.bus.off('work', this.#wake);
    this.#alarm.off();
    const running = this.#running.all;
    stopAll(running.filter(({ headway }) => !isNearlyDone(headway)));
    const grace = setTimeout(() => stopAll(running), graceSeconds * 1000);
    await this.#lanes.close();
    clearTimeout(grace);
    this.live.close();
  }

  get lanes(): readonly Lane[] {
    return this.#lanes.all;
  }

  /** What may be worked at has changed: what may not goes back, what may begins. */
  lookAtGate(): void {
    for (const attempt of this.#running.all) {
      const task = this.#preemption.urgencyOf(attempt);
      if (task !== undefined && !this.gate.allows(task.rank)) attempt.stop('it has to wait');
    }
    this.#lanes.wake();
  }

  /** Resolves when nothing runs any more of what runs now, its end recorded. */
  async idle(): Promise<void> {
    await endOfAll(this.#running.all);
  }

  /** Stops what runs of a job; whether it goes back or is cancelled, the job's row says. */
  stopJob(jobId: string, reason: string): void {
    this.live.forget(jobId);
    for (const attempt of this.#running.ofJob(jobId)) attempt.stop(reason);
  }

  /** Resolves when nothing of a job runs any more, its end recorded. */
  async quiet(jobId: string): Promise<void> {
    await endOfAll(this.#running.ofJob(jobId));
  }

  /** Whether what runs of a task is on its way back to the queue. */
  isStopping(taskId: number): boolean {
    return this.#running.ofTask(taskId)?.isStopping === true;
  }

  /** Stops one task for a viewer. It goes back to the queue less what it has published; then `after` is done. */
  stopTask(taskId: number, reason: string, after?: { key: string; act: () => void }): void {
    const attempt = this.#running.ofTask(taskId);
    if (after !== undefined) attempt?.whenEnded(after.key, after.act);
    attempt?.giveWay(reason);
  }

  /** Makes a slot free for what is more urgent than what runs. */
  makeRoom(lane: LaneName): void {
    this.#preemption.makeRoom(lane);
  }

  /** What viewers wait for may have had to wait for what others were waiting for. */
  makeRoomForWaiting(): void {
    for (const lane of ['cpu', 'gpu', 'io'] as const) this.makeRoom(lane);
  }

  /** Once, and again only where that could not be known: without ffmpeg the CPU's lane fails its tasks. */
  #lookForEncoders(): void {
    if (this.#isLooking || !this.#isOpen) return;
    if (this.context.store.tasks.countUrgent(['gpu'], 2, Infinity) === 0) return;
    this.#isLooking = true;
    this.findEncoders()
      .then((found) => this.#useEncoders(found))
      .catch(this.onBroken);
  }

  #useEncoders(found: readonly EncoderSlots[] | undefined): void {
    this.#isLooking = found !== undefined;
    this.#lanes.set(lanesOf(this.slots, found ?? []));
    if (this.#isOpen) this.#lanes.wake();
  }

  async #runBest(lane: Lane): Promise<boolean> {
    const task = this.#isOpen ? this.#claim(lane) : undefined;
    const job = task && this.context.store.jobs.find(task.jobId);
    if (task === undefined || job === undefined) return false;
    const onProgress = () => this.live.touch(job.id);
    const neighbours = this.#running.besides(task, this.context.waits);
    const attempt = new Attempt(task, job, lane, this.context, neighbours, onProgress);
    this.#running.add(attempt);
    onProgress();
    const began = this.context.clock.monotonic();
    try {
      const ended = await attempt.run(this.runTask);
      recordEnd(this.context, attempt.own, ended);
      this.#tellEnd(task, ended, (this.context.clock.monotonic() - began) / 1000);
      // What a probe planned may be more urgent than what the other lane does.
      if (attempt.task.kind === 'probe') this.#makeRoomAfterProbe(job);
    } finally {
      this.#running.remove(attempt);
    }
    this.#afterEnd(job.id);
    if (this.#isOpen) attempt.ended();
    return true;
  }

  #makeRoomAfterProbe({ useGpu }: Job): void {
    this.makeRoom('cpu');
    if (!useGpu) return;
    this.#lookForEncoders();
    this.makeRoom('gpu');
  }

  #tellEnd({ id, jobId, kind }: TaskRow, ended: Ended, seconds: number): void {
    const error = ended.kind === 'failed' ? { error: ended.error } : {};
    const isReported = ended.kind === 'done' && ended.result.kind === 'done';
    const encoding = isReported && ended.result.encoding;
    this.context.bus.emit('task', {
      ...{ jobId, taskId: id, kind, outcome: ended.kind, seconds },
      ...error,
      ...(encoding && { encoding }),
    });
  }

  #claim(lane: Lane): ClaimedTask | undefined {
    const { store, clock } = this.context;
    const now = clock.now();
    const { limit } = this.gate;
    if (limit === null) return undefined;
    const task = claimBest(this.context, lane, limit, now);
    // What fell due since then was not found either.
    if (task === undefined) this.#alarm.set(store.tasks.nextDue(now) ?? Infinity, now);
    return task;
  }

  #afterEnd(jobId: string): void {
    const job = this.context.store.jobs.find(jobId);
    if (job === undefined || !mayBeMade(job)) this.stopJob(jobId, 'its job has ended');
    if (this.#running.ofJob(jobId).length === 0) this.#running.forget(jobId);
  }
}

function stopAll(attempts: readonly Attempt[]): void {
  for (const attempt of attempts) attempt.stop('the daemon stops');
}
