import type { Job } from '../../store/jobs.js';
import type { TaskRow } from '../../store/tasks.js';
import type { JobContext } from '../context/context.js';
import { standStill } from './stand-still.js';

/** So long in all does sound wait for the first picture. */
const patienceMs = 5_000;

/**
 * Sound alone is copied in a moment, which on few cores takes from the encoder what the first picture needs.
 * Once its beginning is there, the rest waits until the episode can be played, but not for long.
 */
export class PictureFirst {
  readonly #isSoundAlone: boolean;
  #patienceEnds: number | undefined;

  constructor(
    private readonly context: Pick<JobContext, 'store' | 'bus' | 'clock'>,
    private readonly job: Pick<Job, 'id'>,
    private readonly task: TaskRow,
  ) {
    const renditions = task.renditions.map((id) => context.store.renditions.find(id));
    this.#isSoundAlone =
      task.kind === 'copy' && renditions.every((row) => row?.traits.kind === 'audio');
  }

  /** Something was published. Resolves when more may be. */
  async published(signal: AbortSignal): Promise<void> {
    const { renditions, firstSegment } = this.task;
    if (!this.#isSoundAlone || this.#isPlayable()) return;
    const { store, bus, clock } = this.context;
    if (renditions.some((id) => store.segments.find(id, firstSegment) === undefined)) return;
    const now = clock.monotonic();
    this.#patienceEnds ??= now + patienceMs;
    const mostMs = this.#patienceEnds - now;
    await standStill(bus, ['video'], () => this.#isPlayable(), { signal, mostMs });
  }

  #isPlayable(): boolean {
    return typeof this.context.store.jobs.find(this.job.id)?.playableAt === 'number';
  }
}
