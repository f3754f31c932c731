/** Work done up to a moment of the monotonic clock. */
export interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const windowMs = 30_000;
/** A shorter look says more about the last publication than about the speed. */
const shortestMs = 500;

/** The samples of the last 30 s with a new one. Work never goes back. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const done = Math.max(sample.done, samples.at(-1)?.done ?? 0);
  return [...samples.filter(isRecent(sample.atMs)), { atMs: sample.atMs, done }];
}

/** Work a second over the last 30 s; null when nothing was done in them. */
export function speedOf(samples: readonly Sample[], nowMs: number): number | null {
  const recent = samples.filter(isRecent(nowMs));
  const [first] = recent;
  const last = recent.at(-1);
  if (first === undefined || last === undefined) return null;
  const elapsed = nowMs - first.atMs;
  if (elapsed < shortestMs || last.done <= first.done) return null;
  return (last.done - first.done) / (elapsed / 1000);
}

/** When what is left will be done; null while the speed is unknown. Never in the past. */
export function estimate(nowMs: number, left: number, speed: number | null): number | null {
  return speed === null ? null : nowMs + Math.max(0, left / speed) * 1000;
}

function isRecent(nowMs: number): (sample: Sample) => boolean {
  return (sample) => nowMs - sample.atMs <= windowMs;
}
