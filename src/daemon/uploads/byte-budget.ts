/** Bounds the bytes that are held in memory together. First come, first served. */
export class ByteBudget {
  #free: number;
  readonly #total: number;
  readonly #waiting: { bytes: number; go: () => void }[] = [];

  constructor(totalBytes: number) {
    this.#free = totalBytes;
    this.#total = totalBytes;
  }

  /** Takes bytes if they are there at once. */
  tryTake(bytes: number): boolean {
    if (this.#waiting.length > 0 || bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  /** Waits its turn; what asks for more than there ever is gets all of it. */
  async take(bytes: number): Promise<() => void> {
    const wanted = Math.min(bytes, this.#total);
    if (!this.tryTake(wanted)) {
      await new Promise<void>((go) => this.#waiting.push({ bytes: wanted, go }));
    }
    return () => this.give(wanted);
  }

  give(bytes: number): void {
    this.#free += bytes;
    for (let next = this.#waiting[0]; next && next.bytes <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.go();
    }
  }
}
