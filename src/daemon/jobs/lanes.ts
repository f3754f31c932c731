import PQueue from 'p-queue';
import { laneNames, type LaneName } from '../store/tasks.js';

/** How many tasks of each lane run at once. See docs/decisions/0001-lanes.md. */
export type Slots = Readonly<Record<LaneName, number>>;

/** x264 alone fills about four cores; the first slot is never more than one encode. */
export function slotsFor(cores: number): Slots {
  return { cpu: Math.max(1, Math.floor(cores / 4)), io: 2 };
}

/**
 * Limits what runs at once and nothing else: what waits here are questions, never tasks. A slot
 * that falls free asks `runBest` for the best waiting task of the database, and asks again after it.
 */
export class Lanes {
  readonly #queues: ReadonlyMap<LaneName, PQueue>;
  readonly #runBest: (lane: LaneName) => Promise<boolean>;
  readonly #onBroken: (error: unknown) => void;

  /** `runBest` runs one task to its end and says whether there was one; its errors are fatal. */
  constructor(
    readonly slots: Slots,
    runBest: (lane: LaneName) => Promise<boolean>,
    onBroken: (error: unknown) => void,
  ) {
    this.#queues = new Map(
      laneNames.map((lane) => [lane, new PQueue({ concurrency: slots[lane] })]),
    );
    this.#runBest = runBest;
    this.#onBroken = onBroken;
  }

  /** There may be work. As many questions wait as there are slots, so that none is asked too early. */
  wake(): void {
    for (const [lane, queue] of this.#queues) {
      for (let waiting = queue.size; waiting < this.slots[lane]; waiting++) this.#ask(lane, queue);
    }
  }

  /** Asks no more; resolves when everything that ran has ended. */
  async close(): Promise<void> {
    for (const queue of this.#queues.values()) queue.clear();
    await Promise.all([...this.#queues.values()].map((queue) => queue.onIdle()));
  }

  #ask(lane: LaneName, queue: PQueue): void {
    const answer = queue.add(async () => {
      if (await this.#runBest(lane)) this.wake();
    });
    answer.catch(this.#onBroken);
  }
}
