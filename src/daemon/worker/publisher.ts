import type { Publication, TaskPorts } from './task.js';

/** Bytes that may wait to be written before whoever makes them is held back. */
const usualWaitingBytes = 96 * 1024 * 1024;

/**
 * Hands publications on in batches: while one batch is written and synced the next gathers, so a
 * copy run that is faster than the disk pays one transaction for many segments. The first failure
 * comes out of every later call.
 */
export class Publisher {
  readonly #ports: Pick<TaskPorts, 'publish'>;
  #waiting: Publication[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    ports: Pick<TaskPorts, 'publish'>,
    private readonly maxWaitingBytes = usualWaitingBytes,
  ) {
    this.#ports = ports;
  }

  /** Resolves when more may be added, which is mostly at once. */
  async add(...publications: readonly Publication[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#waiting.push(...publications);
    this.#waitingBytes += publications.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (!this.#isWriting) {
      this.#isWriting = true;
      this.#writing = this.#writing.then(() => this.#drain());
      // Whoever adds or flushes next gets the error; until then it is not unhandled.
      this.#writing.catch((error: unknown) => {
        this.#failure = { error };
      });
    }
    if (this.#waitingBytes > this.maxWaitingBytes) await this.#writing;
  }

  /** Resolves when everything that was added is durable. */
  flush(): Promise<void> {
    return this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      await this.#ports.publish(batch);
    }
    this.#isWriting = false;
  }
}
