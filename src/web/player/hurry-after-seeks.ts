import { Events, type default as HlsJs } from 'hls.js';
import { bufferedUntil } from '../controls/buffered.js';

export interface Hurry {
  /** Every rendition is complete: then any is there at once. */
  readonly isComplete: () => boolean;
  /** Of the quality that is made first. */
  readonly quickestUri: () => string | undefined;
  readonly signal: AbortSignal;
}

/**
 * After a seek to where nothing is loaded, automatic quality begins with what is made first: of a place that is not
 * made, the best takes several times as long. hls.js forgets the wish with each segment, and goes up again.
 * Call it before the video is attached: hls.js chooses in its own listener.
 */
export function hurryAfterSeeks(
  hls: HlsJs,
  video: HTMLVideoElement,
  { isComplete, quickestUri, signal }: Hurry,
): void {
  let isHurrying = false;
  const hurry = () => {
    const quickest = hls.levels.findIndex(({ uri }) => uri === quickestUri());
    if (isHurrying && quickest !== -1) hls.nextAutoLevel = quickest;
  };
  const onSeeking = () => {
    const { buffered, currentTime } = video;
    isHurrying = !isComplete() && bufferedUntil(buffered, currentTime) <= currentTime;
    hurry();
  };
  video.addEventListener('seeking', onSeeking, { signal });
  video.addEventListener('seeked', () => (isHurrying = false), { signal });
  // While its sound is still to come, hls.js would load the same segment once more in another quality.
  hls.on(Events.FRAG_LOADED, hurry);
}
