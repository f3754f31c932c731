import { toSeconds } from '../../../shared/time.js';
import type { VideoTraits } from '../../../shared/renditions.js';
import { inputArguments } from '../ffmpeg/input.js';
import { sessionsPerChunk, type HardwareEncoder } from './hardware-encoders.js';
import { cpuEncoder } from './cpu-encoder.js';
import { hardware } from './encoder.js';
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
  /** From where subtitles that are burned in have to be read, in ticks; absent: from the chunk's start. */
  readonly wordsFrom?: number;
  /** Absent: the CPU does all. Only of pictures in H.264. */
  readonly acceleration?: Acceleration | undefined;
}

/** What hardware does of a chunk. Pictures are scaled by the CPU in any case. */
export interface Acceleration {
  readonly encoder: HardwareEncoder;
  /** What decodes, as ffmpeg's `-hwaccel` names it; absent: the CPU. */
  readonly hwaccel?: string | undefined;
}

/** Starting this early costs no frame where time stamps are rounded to milliseconds. */
const leadSeconds = 0.005;
/** Behind the boundary, so that a key frame on it is where decoding starts. */
const lagSeconds = 0.001;
/** Between two frames of any real frame rate; forced key frames land on the frame after. */
const forceLeadSeconds = 0.002;

/**
 * One decode, all pictures, picture n to file descriptor 3 + n as fragmented MP4. Times of the output count from time zero of the video.
 */
export function encodeArguments(request: EncodeRequest): string[] {
  const { source, pictures, boundaries, isLast, isCautious = false } = request;
  const { wordsFrom, acceleration } = request;
  const start = toSeconds(boundaries[0] ?? 0);
  const end = toSeconds(boundaries.at(-1) ?? 0);
  const exact = start === 0 ? 0 : isCautious ? start - leadSeconds : start + lagSeconds;
  const words = wordsFrom === undefined ? exact : toSeconds(wordsFrom) - leadSeconds;
  const seek = Math.max(0, Math.min(exact, words));
  const firstFrame = Number((exact - seek - leadSeconds).toFixed(6));
  const keyTimes = boundaries
    .slice(0, -1)
    .map((ticks) => Math.max(0, toSeconds(ticks) - seek - forceLeadSeconds).toFixed(6));
  const shared = [
    ...(isLast ? [] : ['-t', (end - leadSeconds - seek).toFixed(6)]),
    ...['-fps_mode', 'vfr', ...clock],
    ...['-force_key_frames', keyTimes.join(','), '-output_ts_offset', seek.toFixed(6)],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...fragmentEachFrame,
    ...['-video_track_timescale', '90000'],
  ];
  const onHardware = acceleration === undefined ? 0 : sessionsPerChunk(acceleration.encoder);
  const outputs = pictures.map((picture, index) =>
    acceleration === undefined || index >= onHardware
      ? { label: `v${index}`, filter: '', encoder: cpuEncoder(picture).arguments(picture) }
      : accelerated(acceleration.encoder, picture, index, longestSeconds(boundaries)),
  );
  const filters = [pictureFilter(pictures, firstFrame), ...outputs.map(({ filter }) => filter)];
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...(acceleration?.encoder.device ?? []),
    ...(acceleration?.hwaccel === undefined ? [] : ['-hwaccel', acceleration.hwaccel]),
    ...(isCautious ? [] : ['-noaccurate_seek']),
    ...inputArguments(source, { seekSeconds: seek }),
    ...['-filter_complex', filters.filter(Boolean).join(';')],
    ...outputs.flatMap(({ label, encoder }, index) => [
      ...['-map', `[${label}]`, ...encoder, ...shared, `pipe:${index + 3}`],
    ]),
  ];
}

function accelerated(
  encoder: HardwareEncoder,
  picture: VideoTraits,
  index: number,
  longestSegmentSeconds: number,
) {
  const { upload } = encoder;
  return {
    label: upload === undefined ? `v${index}` : `h${index}`,
    filter: upload === undefined ? '' : `[v${index}]${upload}[h${index}]`,
    encoder: hardware(encoder, picture, longestSegmentSeconds),
  };
}

function longestSeconds(boundaries: readonly number[]): number {
  const lengths = boundaries.slice(1).map((end, index) => end - (boundaries[index] ?? end));
  return toSeconds(Math.max(...lengths));
}

/** That of the plan: by itself ffmpeg rounds times to the frame rate (ffmpeg 9 refuses `-1`, the source's own). */
const clock = ['-enc_time_base', '1:90000'];

const mp4 = ['-f', 'mp4', '-avoid_negative_ts', 'disabled'];
const flags = '+delay_moov+default_base_moof+frag_discont';

/** Fragments are flushed at key frames; the header waits for the first one to know its codec. */
export const fragmentedMp4: readonly string[] = [...mp4, '-movflags', `${flags}+frag_keyframe`];

/**
 * The same with a fragment for each frame: that a segment is whole is seen when the next one begins, and at
 * key frames alone that would be a segment later, which is seconds of encoding.
 */
const fragmentEachFrame = [...mp4, '-movflags', `${flags}+frag_every_frame`];
