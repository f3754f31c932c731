import { initNumber, type Publication, type TaskPorts } from './task.js';

/** Bytes that may wait to be written before whoever makes them is held back. */
const usualWaitingBytes = 96 * 1024 * 1024;
/** Bytes of a beginning that may wait for the others. */
const mostBeginningBytes = 8 * 1024 * 1024;

export interface PublisherLimits {
  readonly maxWaitingBytes?: number | undefined;
  /** So many renditions begin in one batch; 0: each when it is there. */
  readonly together?: number;
}

/**
 * Hands publications on in batches: while one batch is written and synced the next gathers, so a
 * copy run that is faster than the disk pays one transaction for many segments. The first failure
 * comes out of every later call.
 *
 * Renditions that begin together are what playing begins with: init and first segment of all are the first batch,
 * and whoever has more waits until that is written, or an hour of copies would come in between.
 */
export class Publisher {
  readonly #ports: Pick<TaskPorts, 'publish'>;
  readonly #maxWaitingBytes: number;
  /** How many are still to begin. */
  readonly #together: number;
  readonly #begun = new Set<string>();
  #state: 'gathering' | 'beginning' | 'going on';
  #waiting: Publication[] = [];
  #waitingBytes = 0;
  #beginning: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    ports: Pick<TaskPorts, 'publish'>,
    { maxWaitingBytes = usualWaitingBytes, together = 0 }: PublisherLimits = {},
  ) {
    this.#ports = ports;
    this.#maxWaitingBytes = maxWaitingBytes;
    this.#together = together;
    this.#state = together > 0 ? 'gathering' : 'going on';
  }

  /** Resolves when more may be added, which is mostly at once. */
  async add(...publications: readonly Publication[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#waiting.push(...publications);
    this.#waitingBytes += publications.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (this.#state === 'gathering' && !this.#hasGathered(publications)) return;
    this.#write();
    if (this.#state === 'beginning') await this.#beginning;
    if (this.#waitingBytes > this.#maxWaitingBytes) await this.#writing;
  }

  /** Resolves when everything that was added is durable. */
  flush(): Promise<void> {
    this.#write();
    return this.#writing;
  }

  #hasGathered(publications: readonly Publication[]): boolean {
    for (const { renditionId, number } of publications) {
      if (number !== initNumber) this.#begun.add(renditionId);
    }
    const most = Math.min(mostBeginningBytes, this.#maxWaitingBytes);
    return this.#begun.size >= this.#together || this.#waitingBytes > most;
  }

  #write(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    if (this.#state === 'gathering') {
      this.#state = 'beginning';
      this.#beginning = this.#writeBatch().then(() => void (this.#state = 'going on'));
      this.#writing = this.#beginning.then(() => this.#drain());
    } else this.#writing = this.#writing.then(() => this.#drain());
    // Whoever adds or flushes next gets the error; until then it is not unhandled.
    this.#writing.catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) await this.#writeBatch();
    this.#isWriting = false;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#ports.publish(batch);
  }
}
