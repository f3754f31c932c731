type Ranges = Pick<TimeRanges, 'length' | 'start' | 'end'>;

/** Until when playback from `seconds` needs nothing more, in seconds; `seconds` itself if at once. */
export function bufferedUntil(ranges: Ranges, seconds: number): number {
  for (let index = 0; index < ranges.length; index++) {
    if (ranges.start(index) <= seconds && seconds <= ranges.end(index)) return ranges.end(index);
  }
  return seconds;
}

/** How long playback goes on from where it is with what is there, in seconds of the video. */
export function secondsAhead({
  buffered,
  currentTime,
}: Pick<HTMLVideoElement, 'buffered' | 'currentTime'>): number {
  return bufferedUntil(buffered, currentTime) - currentTime;
}
