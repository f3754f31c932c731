interface Held {
  readonly start: number;
  readonly end: number;
  readonly ended: Promise<void>;
}

/**
 * One writer for each byte of an upload. Whoever asks waits for all earlier ones that overlap, so
 * nobody starves; the whole file [0, size) is the lock for ending an upload.
 */
export class RangeLock {
  readonly #held = new Map<string, Set<Held>>();

  async run<T>(id: string, start: number, end: number, work: () => Promise<T>): Promise<T> {
    const earlier = this.#held.get(id) ?? new Set<Held>();
    const before = [...earlier].filter((held) => held.start < end && held.end > start);
    const done = Promise.all(before.map(({ ended }) => ended)).then(work);
    const ended = done.then(ignore, ignore);
    const own = { start, end, ended };
    this.#held.set(id, earlier.add(own));
    await ended;
    earlier.delete(own);
    if (earlier.size === 0) this.#held.delete(id);
    return done;
  }
}

function ignore(): void {}
