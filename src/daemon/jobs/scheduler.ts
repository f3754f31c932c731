import type { Job } from '../store/jobs.js';
import type { LaneName, Rank, TaskRow } from '../store/tasks.js';
import type { RunTask } from '../worker/task.js';
import { Alarm } from './alarm.js';
import { Attempt, type Ended, type Neighbours } from './attempt.js';
import { claimBest, type ClaimedTask } from './claim.js';
import type { JobContext } from './context.js';
import { mayBeMade } from './job-states.js';
import { Lanes, lanesOf, type EncoderSlots, type Lane, type Slots } from './lanes.js';
import { LiveProgress } from './live-progress.js';
import { graceSeconds, isNearlyDone } from './nearly-done.js';
import { leastImportant } from './preemption.js';
import { recordEnd } from './record-end.js';
import { endOfAll, Running } from './running.js';
import { ownRank } from './urgency.js';
import type { WorkGate } from './work-gate.js';

/** Runs the best waiting tasks of the database, as many at once as the lanes have slots. */
export class Scheduler {
  readonly live: LiveProgress;
  readonly #lanes: Lanes;
  readonly #running = new Running();
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
    const { limit } = this.gate;
    for (const attempt of this.#running.all) {
      const task = this.#urgencyOf(attempt);
      if (task !== undefined && !isWithin(task.rank, limit)) attempt.stop('it has to wait');
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

  /** Stops one task. It goes back to the queue less what it has published; then `after` is done. */
  stopTask(taskId: number, reason: string, after?: { key: string; act: () => void }): void {
    const attempt = this.#running.ofTask(taskId);
    if (after !== undefined) attempt?.whenEnded(after.key, after.act);
    attempt?.stop(reason);
  }

  /**
   * Makes a slot free where none is, at the cost of the least important task: for what viewers wait
   * for, else for beginnings of episodes, which make them playable. Asking again changes nothing.
   */
  makeRoom(lane: LaneName): void {
    const { store, clock } = this.context;
    const now = clock.now();
    const lanes = this.#lanes.taking(lane);
    const takes = [...new Set(lanes.flatMap((each) => each.takes))];
    const running = this.#running.all.filter((attempt) =>
      lanes.some(({ name }) => name === attempt.lane.name),
    );
    const free = lanes.reduce((sum, each) => sum + each.slots, -running.length);
    const stopping = running.filter((attempt) => attempt.isStopping).length;
    const rank = ([0, 1] as const).find(
      (each) =>
        isWithin(each, this.gate.limit) &&
        store.tasks.countUrgent(takes, each, now) > free + stopping,
    );
    if (rank === undefined) return;
    const tasks = running
      .filter((attempt) => !attempt.isStopping)
      .flatMap((attempt) => this.#urgencyOf(attempt) ?? []);
    const victim = leastImportant(tasks, rank);
    if (victim === undefined) return;
    store.tasks.setRank(victim.id, ownRank(victim.kind, victim));
    this.stopTask(victim.id, 'something more urgent waits');
  }

  /** What viewers wait for may have had to wait for what others were waiting for. */
  makeRoomForWaiting(): void {
    for (const lane of ['cpu', 'gpu', 'io'] as const) this.makeRoom(lane);
  }

  /**
   * The task as it is now: as long as a viewer waits for what it makes next, nothing is more urgent. What was cut out
   * for one who waits no more is less urgent than what another one waits for.
   */
  #urgencyOf({ task: { id } }: Attempt): TaskRow | undefined {
    const task = this.context.store.tasks.find(id);
    if (task === undefined) return undefined;
    return { ...task, rank: this.context.waits.areFor(task) ? 0 : task.rank === 0 ? 1 : task.rank };
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
    const neighbours = this.#neighboursOf(task);
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

  #neighboursOf({ id, jobId }: ClaimedTask): Neighbours {
    const { waits } = this.context;
    return {
      inOrder: this.#running.inOrderOf(jobId),
      areAwaited: () =>
        this.#running.all.some(({ task }) => task.id !== id && isShort(task) && waits.areFor(task)),
    };
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

/** Whoever waits for what it makes has that soon. The copy of an episode holds also what others are cut out for. */
function isShort({ kind, rank }: TaskRow): boolean {
  return kind !== 'copy' || rank === 0;
}

function isWithin(rank: Rank, limit: Rank | null): boolean {
  return limit !== null && rank <= limit;
}

function stopAll(attempts: readonly Attempt[]): void {
  for (const attempt of attempts) attempt.stop('the daemon stops');
}
