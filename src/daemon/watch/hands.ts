import type PQueue from 'p-queue';

/** So many files of one folder are spoken for at a time; the queue has those of all folders. */
const most = 4;

/** What is being done with single files of one folder: never two things with the same one. */
export class Hands {
  readonly #held = new Set<string>();
  readonly #begun = new Set<Promise<void>>();

  constructor(
    private readonly queue: PQueue,
    private readonly signal: AbortSignal,
    private readonly on: { free(): void; error(error: unknown): void },
  ) {}

  has(path: string): boolean {
    return this.#held.has(path);
  }

  get areEmpty(): boolean {
    return this.#held.size === 0;
  }

  get areFull(): boolean {
    return this.#held.size >= most;
  }

  /** Does something with a file: when it is its turn, or not at all once stopped. */
  take(path: string, work: () => Promise<void>): void {
    this.#held.add(path);
    void this.queue.add(() => this.#begin(path, work));
  }

  /** Only waits for something that goes on by itself: that needs no turn. */
  hold(path: string, work: () => Promise<void>): void {
    this.#held.add(path);
    void this.#begin(path, work);
  }

  /** Resolves when all that has begun is over. */
  async idle(): Promise<void> {
    await Promise.all(this.#begun);
  }

  async #begin(path: string, work: () => Promise<void>): Promise<void> {
    if (this.signal.aborted) return;
    const begun = work().catch((error: unknown) => this.on.error(error));
    this.#begun.add(begun);
    await begun;
    this.#begun.delete(begun);
    this.#held.delete(path);
    this.on.free();
  }
}
