/** Rings once at the earliest time that it was set to. A timer that is set always rings. */
export class Alarm {
  #timer: NodeJS.Timeout | undefined;
  #ringsAt = Infinity;

  constructor(private readonly ring: () => void) {}

  /** `at` and `now` in Unix milliseconds; later than it rings anyway changes nothing. */
  set(at: number, now: number): void {
    if (at >= this.#ringsAt) return;
    clearTimeout(this.#timer);
    this.#ringsAt = at;
    this.#timer = setTimeout(() => {
      this.#ringsAt = Infinity;
      this.ring();
    }, at - now).unref();
  }

  off(): void {
    clearTimeout(this.#timer);
  }
}
