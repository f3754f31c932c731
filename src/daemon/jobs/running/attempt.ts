import { mkdir, rm } from 'node:fs/promises';
import { toSeconds } from '../../../shared/time.js';
import type { Job } from '../../store/jobs.js';
import type { Ownership, TaskRow } from '../../store/tasks.js';
import type { Publication, RunTask, TaskPorts } from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { copyFirst } from './copy-first.js';
import type { Ended } from '../ended/ended.js';
import { failureOf } from '../states/failure-of.js';
import { GivingWay } from './giving-way.js';
import type { Lane } from './lanes.js';
import { isOnDemand } from '../states/ladder-policy.js';
import { MadeWork } from '../progress/made-work.js';
import { isSegmentNearlyDone, type Headway } from './nearly-done.js';
import { PictureFirst } from './picture-first.js';
import { publishBatch } from './publishing.js';
import { checkedSource, isReachable } from './source.js';
import { taskInput } from './task-input.js';
import { isAboutFiles } from '../states/task-states.js';
import { ViewersFirst } from './viewers-first.js';

/** Runs publications one after the other: see publishBatch. Shared by all attempts of a job. */
export type InOrder = <T>(publish: () => Promise<T>) => Promise<T>;

/** What runs beside an attempt. */
export interface Neighbours {
  readonly inOrder: InOrder;
  /** Whether somebody waits for what one of them makes next. */
  readonly areAwaited: () => boolean;
}

/** How long a task waits for a media directory that is away. */
const awayMs = 10_000;

/** One run of one claimed task: makes its directory, runs it, publishes what it makes. */
export class Attempt {
  readonly own: Ownership;
  readonly made: MadeWork;
  readonly #pictureFirst: PictureFirst;
  readonly #viewersFirst: ViewersFirst;
  readonly #begunMs: number;
  /** Of its segments, in seconds from its beginning. */
  readonly #ends: readonly number[];
  readonly #givingWay = new GivingWay((reason) => this.stop(reason));
  readonly #controller = new AbortController();
  readonly #afterwards = new Map<string, () => void>();
  #isOver = false;
  #broken: { readonly error: unknown } | undefined;

  constructor(
    readonly task: TaskRow & { readonly attempt: string },
    readonly job: Job,
    readonly lane: Pick<Lane, 'name' | 'encoder'>,
    private readonly context: JobContext,
    private readonly neighbours: Neighbours,
    private readonly onProgress: () => void,
  ) {
    const { store } = context;
    this.own = { id: task.id, attempt: task.attempt };
    const renditions = task.renditions.flatMap((id) => store.renditions.find(id) ?? []);
    const plan = job.planId === null ? undefined : store.plans.find(job.planId);
    const promised = renditions.filter((row) => !isOnDemand(job.settings.ladder, row));
    const boundaries = plan?.boundaries ?? [];
    this.made = new MadeWork(promised, boundaries);
    this.#pictureFirst = new PictureFirst(context, job, task);
    this.#viewersFirst = new ViewersFirst(context, task, neighbours.areAwaited);
    this.#begunMs = context.clock.monotonic();
    const [from = 0, ...ends] = boundaries.slice(
      task.firstSegment,
      task.firstSegment + task.segments + 1,
    );
    this.#ends = ends.map((end) => toSeconds(end - from));
  }

  get isStopping(): boolean {
    return this.#controller.signal.aborted || this.#givingWay.hasBegun;
  }

  get headway(): Headway {
    return {
      totalSeconds: this.#ends.at(-1) ?? 0,
      madeSeconds: this.made.madeSeconds,
      elapsedSeconds: (this.context.clock.monotonic() - this.#begunMs) / 1000,
    };
  }

  /** Kills its processes; the task goes back without having spent an attempt. */
  stop(reason: string): void {
    if (!this.#controller.signal.aborted) {
      this.#controller.abort(new Error(`stopped: ${reason}`));
    }
  }

  /** The same, with the segment that it makes, where that is nearly done. */
  giveWay(reason: string): void {
    if (this.isStopping) return;
    this.#givingWay.begin(reason, isSegmentNearlyDone(this.headway, this.#ends));
  }

  /** Does this once the attempt's end is recorded, before a slot takes the next task. */
  whenEnded(key: string, act: () => void): void {
    this.#afterwards.set(key, act);
  }

  ended(): void {
    for (const act of this.#afterwards.values()) act();
  }

  /** Resolves when it has ended, however; rejects only when the database itself fails. */
  async run(runTask: RunTask): Promise<Ended> {
    const directory = this.context.layout.attempt(this.own.attempt);
    try {
      const ended = await this.#run(runTask, directory).catch((error) => this.#failed(error));
      // A publication that is under way is finished first, or its file would have no row.
      await this.neighbours.inOrder(async () => {
        this.#isOver = true;
      });
      if (this.#broken !== undefined) throw this.#broken.error;
      return ended;
    } finally {
      this.#givingWay.end();
      // What cannot be removed now, on a disk that went away, the next start sweeps.
      await rm(directory, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  async #run(runTask: RunTask, directory: string): Promise<Ended> {
    const { store, layout, clock } = this.context;
    const video = store.videos.find(this.job.videoId);
    if (video === undefined || !(await isReachable(layout, video.id))) {
      return { kind: 'returned', notBefore: clock.now() + awayMs };
    }
    const source = isAboutFiles(this.task.kind)
      ? layout.source(video.id)
      : await checkedSource(layout, video);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await copyFirst(this.context, this.task, this.#controller.signal);
    const input = taskInput(this.context, this.task, this.job, this.lane.encoder);
    this.#controller.signal.throwIfAborted();
    return { kind: 'done', result: await runTask(input, this.#ports(source, directory)) };
  }

  #ports(source: string, directory: string): TaskPorts {
    return {
      source,
      videoDirectory: this.context.layout.video(this.job.videoId),
      attemptDirectory: directory,
      publish: async (batch) => {
        await this.neighbours.inOrder(() => this.#publish(directory, batch));
        await this.#viewersFirst.published(batch, this.#controller.signal);
        await this.#pictureFirst.published(this.#controller.signal);
      },
      progress: (doneTicks) => {
        this.made.made(doneTicks);
        this.onProgress();
      },
      signal: this.#controller.signal,
    };
  }

  async #publish(directory: string, batch: readonly Publication[]): Promise<void> {
    if (this.#isOver) throw new Error('this attempt is over');
    this.#controller.signal.throwIfAborted();
    try {
      const fresh = await publishBatch(this.context, this.job, this.own, directory, batch);
      for (const publication of fresh) this.made.published(publication);
      if (this.#givingWay.hasBegun && this.#areThere(batch)) this.#givingWay.segmentMade();
    } catch (error) {
      if (isOfDatabase(error)) this.#broken = { error };
      throw error;
    }
    this.onProgress();
  }

  /** Whether the last of these segments is there in all renditions that it makes. */
  #areThere(batch: readonly Publication[]): boolean {
    const last = Math.max(...batch.map(({ number }) => number));
    const { segments } = this.context.store;
    return this.task.renditions.every((id) => segments.find(id, last) !== undefined);
  }

  #hasLostRendition(): boolean {
    const { renditions } = this.context.store;
    return this.task.renditions.some((id) => renditions.find(id) === undefined);
  }

  #failed(error: unknown): Ended {
    if (isOfDatabase(error)) throw error;
    // One that only gives way may still fail by itself. What it was to make may have been dropped meanwhile.
    const isNoFault = this.#controller.signal.aborted || this.#hasLostRendition();
    if (isNoFault) return { kind: 'returned', notBefore: 0 };
    return { kind: 'failed', error: failureOf(error) };
  }
}

/** After a failed write of the database nothing that it says can be relied upon. */
function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}
