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
    let release: () => void = () => undefined;
    const own = { start, end, ended: new Promise<void>((resolve) => (release = resolve)) };
    this.#held.set(id, earlier.add(own));
    try {
      await Promise.all(before.map((held) => held.ended));
      return await work();
    } finally {
      earlier.delete(own);
      release();
      if (earlier.size === 0) this.#held.delete(id);
    }
  }
}
