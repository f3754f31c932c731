/** Work done up to a moment of the monotonic clock. */
export interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const windowMs = 30_000;
/** A shorter look says more about the last publication than about the speed. */
const shortestMs = 500;
/** Samples come about once a second: a silence that is longer than this is slowness. */
const silenceMs = 3000;
/** What is promised must still be ahead when it is read. */
const soonestMs = 1000;

/** The samples of the last 30 s with a new one. Work never goes back. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const done = Math.max(sample.done, samples.at(-1)?.done ?? 0);
  return [...samples.filter(isRecent(sample.atMs)), { atMs: sample.atMs, done }];
}

/** Work a second over the last 30 s; null when nothing was done in them, or they span less than `leastMs`. */
export function speedOf(
  samples: readonly Sample[],
  nowMs: number,
  leastMs = shortestMs,
): number | null {
  const recent = samples.filter(isRecent(nowMs));
  const [first] = recent;
  const last = recent.at(-1);
  if (first === undefined || last === undefined) return null;
  const elapsed = Math.max(last.atMs, nowMs - silenceMs) - first.atMs;
  if (elapsed < leastMs || last.done <= first.done) return null;
  return (last.done - first.done) / (elapsed / 1000);
}

/**
 * In how many milliseconds work will be done of which `left` was left at `lookedMs`; null while the
 * speed is unknown. At least a second: an end is never in the past.
 */
export function timeLeft(
  { left, lookedMs }: { readonly left: number; readonly lookedMs: number },
  speed: number | null,
  nowMs: number,
): number | null {
  if (speed === null) return null;
  return Math.max(soonestMs, (left / speed) * 1000 - (nowMs - lookedMs));
}

function isRecent(nowMs: number): (sample: Sample) => boolean {
  return (sample) => nowMs - sample.atMs <= windowMs;
}
