import { initNumber, type Publication, type TaskPorts } from './task.js';

/** Bytes that may wait to be written before whoever makes them is held back. */
const usualWaitingBytes = 96 * 1024 * 1024;
/** Bytes of a beginning that may wait for another one: as much as two segments of a picture. */
const mostBeginningBytes = 8 * 1024 * 1024;

export interface PublisherLimits {
  readonly maxWaitingBytes?: number | undefined;
  /** How many renditions begin at once. */
  readonly renditions?: number;
}

/**
 * Hands publications on in batches: while one batch is written and synced the next gathers, so a
 * copy run that is faster than the disk pays one transaction for many segments. The first failure
 * comes out of every later call.
 *
 * The first batch is what playing can begin with: init and first segment of all renditions. Whoever makes more
 * waits until it is written, or a copy of an hour would come in between.
 */
export class Publisher {
  readonly #ports: Pick<TaskPorts, 'publish'>;
  readonly #maxWaitingBytes: number;
  readonly #renditions: number;
  readonly #begun = new Set<string>();
  #state: 'gathering' | 'beginning' | 'going on' = 'gathering';
  #waiting: Publication[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    ports: Pick<TaskPorts, 'publish'>,
    { maxWaitingBytes = usualWaitingBytes, renditions = 1 }: PublisherLimits = {},
  ) {
    this.#ports = ports;
    this.#maxWaitingBytes = maxWaitingBytes;
    this.#renditions = renditions;
  }

  /** Resolves when more may be added, which is mostly at once. */
  async add(...publications: readonly Publication[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#waiting.push(...publications);
    this.#waitingBytes += publications.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (this.#state === 'gathering' && !this.#isBeginning(publications)) return;
    this.#write();
    const isFull = this.#waitingBytes > this.#maxWaitingBytes;
    if (this.#state === 'beginning' || isFull) await this.#writing;
  }

  /** Resolves when everything that was added is durable. */
  flush(): Promise<void> {
    this.#write();
    return this.#writing;
  }

  #isBeginning(publications: readonly Publication[]): boolean {
    for (const { renditionId, number } of publications) {
      if (number !== initNumber) this.#begun.add(renditionId);
    }
    return this.#begun.size >= this.#renditions || this.#waitingBytes > mostBeginningBytes;
  }

  #write(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    if (this.#state === 'gathering') this.#state = 'beginning';
    this.#isWriting = true;
    this.#writing = this.#writing.then(() => this.#drain());
    // Whoever adds or flushes next gets the error; until then it is not unhandled.
    this.#writing.catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      await this.#ports.publish(batch);
      this.#state = 'going on';
    }
    this.#isWriting = false;
  }
}
