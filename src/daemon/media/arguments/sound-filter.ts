import type { AudioTraits, SoundSource } from '../../../shared/renditions.js';
import { mix } from './downmix.js';

export type SoundForm = Pick<AudioTraits, 'sampleRate' | 'channels'> & {
  readonly gainDb: number | undefined;
  readonly source: SoundSource | undefined;
};

export interface SoundRange {
  /** Where reading begins, in whole seconds from time zero. */
  readonly seekSeconds: number;
  /** Samples to be dropped from there. */
  readonly skipped: number;
  readonly samples: number;
}

/**
 * The filters of a chunk of sound: `samples` of it, silence where the source has none (before it
 * starts, in gaps, after it ends).
 */
export function soundFilter(form: SoundForm, range: SoundRange): string {
  const { sampleRate, channels, gainDb = 0, source } = form;
  const { seekSeconds, skipped, samples } = range;
  const sourceChannels = source?.channels ?? channels;
  return [
    ...(source?.frameSamples === undefined ? [] : [steadyClock(source, seekSeconds)]),
    `aresample=${sampleRate}:async=1:min_comp=0.00001:min_hard_comp=${gapSeconds}:first_pts=0`,
    ...mix(sourceChannels, channels),
    ...(gainDb === 0 ? [] : [`volume=${gainDb.toFixed(2)}dB`]),
    ...(sourceChannels > channels || gainDb > 0 ? [limiter] : []),
    // Behind the end of the source there is no frame, and so no time stamp, to count from.
    ...['apad', 'asetpts=N'],
    `atrim=start_sample=${skipped}:end_sample=${skipped + samples}`,
  ].join(',');
}

/**
 * Nothing above -1 dB. Its memory is short against the second that is read before each chunk: chunks come
 * out as if made at once.
 */
const limiter = 'alimiter=limit=0.891:attack=5:release=50:level=0:latency=1';

/** A time stamp that is further than this from where the sound before it ends is a gap, or an overlap. */
const gapSeconds = 0.02;

/**
 * Takes the rounding out of time stamps. Matroska's milliseconds would lay the sound of each chunk up to
 * half of one beside the sound of the chunk before: a tick at the seam. So a chunk's first frame is put
 * a whole number of frames after the first frame of the track, and each other frame where the one before
 * ends, unless a gap is between them. The end of a frame counts: its beginning may have been cut off.
 */
function steadyClock(source: SoundSource, seekSeconds: number): string {
  const { frameSamples = 1, startSeconds } = source;
  const first = `${(startSeconds - seekSeconds).toFixed(6)}*SR`;
  const frames = `round((PTS+NB_SAMPLES-${first})/${frameSamples})*${frameSamples}`;
  const placed = `round(${first}+${frames})-NB_SAMPLES`;
  const isNew = `eq(N,0)+gt(abs(PTS-ld(0)),${gapSeconds}*SR)`;
  return `asetpts='st(0,if(${isNew},${placed},ld(0))+NB_SAMPLES)-NB_SAMPLES'`;
}
