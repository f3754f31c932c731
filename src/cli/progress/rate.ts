interface Sample {
  readonly atMs: number;
  readonly done: number;
}

/** Bytes, or whatever is counted, per second over the last `windowMs`. */
export class RateMeter {
  #samples: Sample[] = [];

  constructor(private readonly windowMs = 5000) {}

  /** Takes in how many there are now; returns the rate, null before there is one. */
  add(atMs: number, done: number): number | null {
    this.#samples = [
      ...this.#samples.filter((each) => atMs - each.atMs <= this.windowMs),
      { atMs, done },
    ];
    const first = this.#samples[0];
    if (first === undefined || atMs <= first.atMs) return null;
    return ((done - first.done) * 1000) / (atMs - first.atMs);
  }
}
