import { inputArguments } from '../input.js';
import { fragmentedMp4 } from './encode.js';

export interface AudioRequest {
  readonly source: string;
  readonly stream: number;
  readonly sampleRate: number;
  /** Where the encoder is to begin and how long it is to go on, in samples from time zero. */
  readonly startSample: number;
  readonly samples: number;
}

/**
 * AAC-LC stereo on the track's own grid of 1024 samples, to file descriptor 3. Silence stands where
 * the source has none: before it starts, in gaps, after it ends.
 */
export function audioArguments(request: AudioRequest): string[] {
  const { source, stream, sampleRate, startSample, samples } = request;
  const start = startSample / sampleRate;
  const filter = [
    `aresample=${sampleRate}:async=1:first_pts=0`,
    'aformat=channel_layouts=stereo',
    'apad',
    `atrim=end_sample=${samples}`,
  ].join(',');
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...inputArguments(source, { seekSeconds: start }),
    ...['-map', `0:${stream}`, '-af', filter, '-c:a', 'aac', '-b:a', String(audioBitRate)],
    ...['-output_ts_offset', start.toFixed(6), '-map_metadata', '-1', '-map_chapters', '-1'],
    ...[...fragmentedMp4, '-frag_duration', '1000000', 'pipe:3'],
  ];
}

/** Bits per second of an encoded stereo rendition. */
export const audioBitRate = 160_000;
