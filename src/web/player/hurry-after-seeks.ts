import { Events, PlaylistLevelType, type Fragment, type default as HlsJs } from 'hls.js';
import { secondsAhead } from '../controls/buffered.js';
import type { AutoRange } from './auto-range.js';

/** With so much ahead there is time to wait for a better quality, in seconds. */
export const timeToWait = 12;

export interface Hurry {
  /** Every rendition is complete: then any is there at once. */
  readonly isComplete: () => boolean;
  /** Of the quality that is made first. */
  readonly quickestUri: () => string | undefined;
  readonly range: AutoRange;
  readonly signal: AbortSignal;
}

/**
 * At the start, and after a seek to where nothing is loaded, automatic quality is what is made first until there is
 * enough of it to wait for more: of a place that is not made, the best takes several times as long. Call it before the
 * video is attached: hls.js chooses in its own listener.
 */
export function hurryAfterSeeks(
  hls: HlsJs,
  video: HTMLVideoElement,
  { isComplete, quickestUri, range, signal }: Hurry,
): void {
  let header: Fragment | undefined;
  const hurry = () => {
    const quickest = hls.levels.findIndex(({ uri }) => uri === quickestUri());
    const isNeeded = !isComplete() && secondsAhead(video) === 0 && quickest !== -1;
    if (!isNeeded) return letGo();
    // One that is still awaited for what was left behind would break off what is loaded now when it comes (hls.js 1.7).
    header?.abortRequests();
    range.pin(quickest);
  };
  const letGo = () => {
    if (isComplete() || secondsAhead(video) >= timeToWait) range.pin(undefined);
  };
  hls.on(Events.FRAG_LOADING, (_event, { frag }) => {
    if (frag.sn === 'initSegment' && frag.type === PlaylistLevelType.MAIN) header = frag;
  });
  hls.on(Events.FRAG_BUFFERED, letGo);
  hls.on(Events.MANIFEST_PARSED, hurry);
  video.addEventListener('seeking', hurry, { signal });
}
