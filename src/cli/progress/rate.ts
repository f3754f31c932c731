const windowMs = 5000;

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

/** Bytes per second over the last five seconds. */
export class RateMeter {
  #samples: Sample[] = [];

  /** Takes in how many bytes there are now; returns the rate, null before there is one. */
  add(atMs: number, bytes: number): number | null {
    this.#samples = [
      ...this.#samples.filter((each) => atMs - each.atMs <= windowMs),
      { atMs, bytes },
    ];
    const first = this.#samples[0];
    if (first === undefined || atMs <= first.atMs) return null;
    return ((bytes - first.bytes) * 1000) / (atMs - first.atMs);
  }
}
