import type { Job } from '../store/jobs.js';
import type { TaskRow } from '../store/tasks.js';
import type { JobContext } from './context.js';

/** So long in all does sound wait for the first picture. */
const patienceMs = 5_000;

/**
 * Sound alone is copied in a moment, which on few cores takes from the encoder what the first picture needs.
 * Once its beginning is there, the rest waits until the episode can be played, but not for long.
 */
export class PictureFirst {
  readonly #isSoundAlone: boolean;
  #patience: AbortSignal | undefined;

  constructor(
    private readonly context: Pick<JobContext, 'store' | 'bus'>,
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
    const { segments } = this.context.store;
    if (renditions.some((id) => segments.find(id, firstSegment) === undefined)) return;
    this.#patience ??= AbortSignal.timeout(patienceMs);
    await this.#untilPlayable(AbortSignal.any([signal, this.#patience]));
  }

  #isPlayable(): boolean {
    return typeof this.context.store.jobs.find(this.job.id)?.playableAt === 'number';
  }

  async #untilPlayable(giveUp: AbortSignal): Promise<void> {
    const { bus } = this.context;
    const heard = new AbortController();
    await new Promise<void>((resolve) => {
      const look = () => void (this.#isPlayable() && resolve());
      const leave = () => resolve();
      bus.on('video', look);
      giveUp.addEventListener('abort', leave);
      heard.signal.addEventListener('abort', () => {
        bus.off('video', look);
        giveUp.removeEventListener('abort', leave);
      });
      if (giveUp.aborted) resolve();
    });
    heard.abort();
  }
}
