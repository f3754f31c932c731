import type { TaskRow } from '../../store/tasks.js';
import type { Publication } from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { copyIsNear } from './nearly-done.js';
import { standStill } from './stand-still.js';

/** So long does a copy stand still for those who wait; then it goes on until nobody does. */
const patienceMs = 5_000;

/**
 * A copy goes as fast as the disk can, which holds up what somebody waits for beside it. As long as nobody waits for
 * what it makes next itself it stands still for that.
 */
export class ViewersFirst {
  #patienceEnds: number | undefined;

  /** `isAwaitedBeside`: whether somebody waits for what another running task makes next. */
  constructor(
    private readonly context: Pick<JobContext, 'bus' | 'waits' | 'clock'>,
    private readonly task: TaskRow,
    private readonly isAwaitedBeside: () => boolean,
  ) {}

  /** `batch` was published. Resolves when more may be. */
  async published(batch: readonly Publication[], signal: AbortSignal): Promise<void> {
    if (this.task.kind !== 'copy') return;
    const { bus, waits, clock } = this.context;
    const at = Math.min(...batch.map(({ number }) => number));
    const firstSegment = Math.max(this.task.firstSegment, at);
    const next = { ...this.task, firstSegment, segments: copyIsNear };
    const mayGoOn = () => !this.isAwaitedBeside() || waits.areFor(next);
    const now = clock.monotonic();
    this.#patienceEnds ??= now + patienceMs;
    await standStill(bus, ['waits'], mayGoOn, { signal, mostMs: this.#patienceEnds - now });
    if (mayGoOn()) this.#patienceEnds = undefined;
  }
}
