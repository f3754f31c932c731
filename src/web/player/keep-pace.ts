import { Events, PlaylistLevelType, type Fragment, type default as HlsJs } from 'hls.js';
import { secondsAhead } from '../controls/buffered.js';
import { timeToWait, type Hurry } from './hurry-after-seeks.js';

/** With so much ahead any quality is tried again, in seconds; hls.js loads up to 30 s ahead. */
const plentyAhead = 20;

/** A segment that came, and what is there since. All in seconds, levels as hls.js counts. */
export interface Arrival {
  readonly level: number;
  /** What is made first: a copy may be the best. */
  readonly quickest: number;
  readonly duration: number;
  /** From asking for it to having it. */
  readonly waited: number;
  readonly ahead: number;
}

/** The highest level to ask for from now on; undefined: any. `highest` is what it was before. */
export function highestAfter(arrival: Arrival, highest: number | undefined): number | undefined {
  const { level, quickest, duration, waited, ahead } = arrival;
  if (ahead >= plentyAhead) return undefined;
  const isTooSlow = waited > duration && ahead < timeToWait && level > quickest;
  return isTooSlow ? Math.min(level - 1, highest ?? level) : highest;
}

/**
 * The daemon may make segments more slowly than they are watched: the best quality of a video that it has to
 * encode, or for several viewers at a time. hls.js measures the network alone (see PatientLoader), so
 * this is what goes down then. Ends with the player.
 */
export function keepPace(
  hls: HlsJs,
  video: HTMLVideoElement,
  { isComplete, range, quickestUri }: Omit<Hurry, 'signal'>,
): void {
  let asked: { readonly frag: Fragment; readonly at: number } | undefined;
  let highest: number | undefined;
  hls.on(Events.FRAG_LOADING, (_event, { frag }) => {
    const isPicture = frag.type === PlaylistLevelType.MAIN && frag.sn !== 'initSegment';
    if (isPicture) asked = { frag, at: performance.now() };
  });
  hls.on(Events.FRAG_LOADED, (_event, { frag }) => {
    if (asked?.frag !== frag) return;
    const waited = (performance.now() - asked.at) / 1000;
    const ahead = secondsAhead(video) + frag.duration;
    const quickest = hls.levels.findIndex(({ uri }) => uri === quickestUri());
    const { level, duration } = frag;
    const arrival = { level, quickest, duration, waited, ahead };
    // What is made is as quick as the network, which hls.js knows.
    highest = isComplete() ? undefined : highestAfter(arrival, highest);
    range.cap(highest);
  });
}
