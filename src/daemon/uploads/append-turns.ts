import { KdramaError } from '../../shared/errors.js';

/**
 * One request at a time appends to an upload, and the newest has its way: a client whose connection
 * broke comes back on a new one while the old one may look alive for minutes.
 */
export class AppendTurns {
  readonly #newest = new Map<string, AbortController>();
  readonly #running = new Set<Promise<unknown>>();

  /** Whoever appends now keeps what has come and ends with UPLOAD_LOCKED. */
  interrupt(id: string): void {
    this.#newest.get(id)?.abort(new KdramaError('UPLOAD_LOCKED', 'it came later than this one'));
  }

  /** `work` stops reading when the signal says so. */
  async take<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.interrupt(id);
    const turn = new AbortController();
    this.#newest.set(id, turn);
    const running = work(turn.signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      if (this.#newest.get(id) === turn) this.#newest.delete(id);
    }
  }

  /** Ends all of them and waits until what they got is recorded. */
  async stop(): Promise<void> {
    for (const turn of this.#newest.values()) {
      turn.abort(new KdramaError('UPLOAD_LOCKED', undefined, { message: 'The daemon stops' }));
    }
    await Promise.allSettled(this.#running);
  }
}
