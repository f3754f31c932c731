/** How far an attempt is, in seconds of media, and how long that took. */
export interface Headway {
  readonly totalSeconds: number;
  readonly madeSeconds: number;
  readonly elapsedSeconds: number;
}

/** A stop waits so long for what needs no longer; whoever stops waits 10 s for the process to end. */
export const graceSeconds = 4;

/** Whether it will be done within the grace, at the pace that it has had. */
export function isNearlyDone({ totalSeconds, madeSeconds, elapsedSeconds }: Headway): boolean {
  if (madeSeconds <= 0) return false;
  const left = (elapsedSeconds * (totalSeconds - madeSeconds)) / madeSeconds;
  return left <= graceSeconds;
}

/** A viewer waits so long for what would have to be made again. */
export const viewersGraceSeconds = 0.5;

/**
 * Whether the segment that is being made is there within the viewer's grace. `ends`: where the segments of
 * the attempt end, in seconds of media from its beginning.
 */
export function isSegmentNearlyDone(
  { madeSeconds, elapsedSeconds }: Headway,
  ends: readonly number[],
): boolean {
  if (madeSeconds <= 0) return false;
  const end = ends.find((each) => each > madeSeconds) ?? madeSeconds;
  return (elapsedSeconds * (end - madeSeconds)) / madeSeconds <= viewersGraceSeconds;
}

/** A copy run makes this many segments sooner than a second run would make the first. */
export const copyIsNear = 20;
