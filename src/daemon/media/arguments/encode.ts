import { toSeconds } from '../../../shared/time.js';
import type { VideoTraits } from '../../../shared/renditions.js';
import { inputArguments } from '../input.js';
import { x264 } from './encoder.js';
import { pictureFilter } from './picture-filter.js';

export interface EncodeRequest {
  readonly source: string;
  /** All of one source stream, largest first: each is scaled from the one before. */
  readonly pictures: readonly VideoTraits[];
  /** The chunk's boundaries in ticks, its end included. */
  readonly boundaries: readonly number[];
  /** Whether it goes to the end of the source, wherever that turns out to be. */
  readonly isLast: boolean;
  /** Decode from before the boundary, whatever lies on it (docs/decisions/0005-seeking.md). */
  readonly isCautious?: boolean;
}

/** Starting this early costs no frame where time stamps are rounded to milliseconds. */
const leadSeconds = 0.005;
/** Behind the boundary, so that a key frame on it is where decoding starts. */
const lagSeconds = 0.001;
/** Between two frames of any real frame rate; forced key frames land on the frame after. */
const forceLeadSeconds = 0.002;

/**
 * One decode, all pictures, picture n to file descriptor 3 + n as fragmented MP4 of one fragment a
 * segment. Times of the output count from time zero of the video.
 */
export function encodeArguments(request: EncodeRequest): string[] {
  const { source, pictures, boundaries, isLast, isCautious = false } = request;
  const start = toSeconds(boundaries[0] ?? 0);
  const end = toSeconds(boundaries.at(-1) ?? 0);
  const seek = start === 0 ? 0 : isCautious ? start - leadSeconds : start + lagSeconds;
  const keyTimes = boundaries
    .slice(0, -1)
    .map((ticks) => Math.max(0, toSeconds(ticks) - seek - forceLeadSeconds).toFixed(6));
  const shared = [
    ...(isLast ? [] : ['-t', (end - leadSeconds - seek).toFixed(6)]),
    ...['-fps_mode', 'vfr', '-enc_time_base', '-1', '-g', '9999', '-sc_threshold', '0'],
    ...['-force_key_frames', keyTimes.join(','), '-output_ts_offset', seek.toFixed(6)],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...fragmentedMp4,
    ...['-video_track_timescale', '90000'],
  ];
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...(isCautious ? [] : ['-noaccurate_seek']),
    ...inputArguments(source, { seekSeconds: seek }),
    ...['-filter_complex', pictureFilter(pictures, leadSeconds)],
    ...pictures.flatMap((picture, index) => [
      ...['-map', `[v${index}]`, ...x264(picture), ...shared, `pipe:${index + 3}`],
    ]),
  ];
}

/** Fragments are flushed at key frames; the header waits for the first one to know its codec. */
export const fragmentedMp4: readonly string[] = [
  ...['-f', 'mp4', '-avoid_negative_ts', 'disabled'],
  ...['-movflags', '+frag_keyframe+delay_moov+default_base_moof+frag_discont'],
];
