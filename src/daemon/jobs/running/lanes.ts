import PQueue from 'p-queue';
import type { LaneName } from '../../store/tasks.js';

/** How many tasks the CPU works at, and how many that mostly read and write, run at once. */
export type Slots = Readonly<Record<'cpu' | 'io', number>>;

/** Where tasks run. See docs/decisions/0001-lanes.md and 0036-hardware-encoders.md. */
export interface Lane {
  readonly name: string;
  /** Whose waiting tasks it takes. */
  readonly takes: readonly LaneName[];
  readonly slots: number;
  /** The hardware encoder that its tasks are to try first. */
  readonly encoder?: string;
}

/** A hardware encoder that works, and how many chunks it makes at once. */
export interface EncoderSlots {
  readonly name: string;
  readonly slots: number;
}

/** x264 alone fills about four cores; the first slot is never more than one encode. */
export function slotsFor(cores: number): Slots {
  return { cpu: Math.max(1, Math.floor(cores / 4)), io: 2 };
}

/**
 * A lane for each hardware encoder. Where none works the CPU takes what was meant for one; undefined:
 * that is not known yet, and it waits.
 */
export function lanesOf(slots: Slots, encoders: readonly EncoderSlots[] | undefined): Lane[] {
  const isCpuForAll = encoders?.length === 0;
  return [
    { name: 'cpu', takes: isCpuForAll ? ['cpu', 'gpu'] : ['cpu'], slots: slots.cpu },
    { name: 'io', takes: ['io'], slots: slots.io },
    ...(encoders ?? []).map((encoder): Lane => ({
      ...{ name: encoder.name, takes: ['gpu'], slots: encoder.slots, encoder: encoder.name },
    })),
  ];
}

/**
 * Limits what runs at once and nothing else: what waits here are questions, never tasks. A slot
 * that falls free asks `runBest` for the best waiting task of the database, and asks again after it.
 */
export class Lanes {
  #lanes: readonly Lane[] = [];
  readonly #queues = new Map<string, PQueue>();
  readonly #runBest: (lane: Lane) => Promise<boolean>;
  readonly #onBroken: (error: unknown) => void;

  /** `runBest` runs one task to its end and says whether there was one; its errors are fatal. */
  constructor(
    lanes: readonly Lane[],
    runBest: (lane: Lane) => Promise<boolean>,
    onBroken: (error: unknown) => void,
  ) {
    this.#runBest = runBest;
    this.#onBroken = onBroken;
    this.set(lanes);
  }

  get all(): readonly Lane[] {
    return this.#lanes;
  }

  /** What runs goes on in the lane of its name. */
  set(lanes: readonly Lane[]): void {
    this.#lanes = lanes;
    for (const { name, slots } of lanes) {
      if (!this.#queues.has(name)) this.#queues.set(name, new PQueue({ concurrency: slots }));
    }
  }

  /** Those that run what waits in `lane`. */
  taking(lane: LaneName): readonly Lane[] {
    return this.#lanes.filter(({ takes }) => takes.includes(lane));
  }

  /** There may be work. As many questions wait as there are slots, so that none is asked too early. */
  wake(): void {
    for (const { name, slots } of this.#lanes) {
      const waiting = this.#queues.get(name)?.size ?? slots;
      for (let asked = waiting; asked < slots; asked++) this.#ask(name);
    }
  }

  /** Asks no more; resolves when everything that ran has ended. */
  async close(): Promise<void> {
    for (const queue of this.#queues.values()) queue.clear();
    await Promise.all([...this.#queues.values()].map((queue) => queue.onIdle()));
  }

  #ask(name: string): void {
    const answer = this.#queues.get(name)?.add(async () => {
      const lane = this.#lanes.find((each) => each.name === name);
      if (lane !== undefined && (await this.#runBest(lane))) this.wake();
    });
    answer?.catch(this.#onBroken);
  }
}
