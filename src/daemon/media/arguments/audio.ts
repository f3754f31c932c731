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
  // Whole hundredths are whole in every clock, milliseconds too: no rounding moves the sound.
  const seek = Math.floor((startSample * 100) / sampleRate) / 100;
  const skipped = startSample - Math.round(seek * sampleRate);
  const filter = [
    `aresample=${sampleRate}:async=1:min_hard_comp=0.02:first_pts=0`,
    'aformat=channel_layouts=stereo',
    'apad',
    `atrim=start_sample=${skipped}:end_sample=${skipped + samples}`,
  ].join(',');
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...inputArguments(source, { seekSeconds: seek }),
    ...['-map', `0:${stream}`, '-af', filter, '-c:a', 'aac', '-b:a', String(audioBitRate)],
    ...['-output_ts_offset', seek.toFixed(2), '-map_metadata', '-1', '-map_chapters', '-1'],
    ...[...fragmentedMp4, '-frag_duration', '1000000', 'pipe:3'],
  ];
}

/** Bits per second of an encoded stereo rendition. */
export const audioBitRate = 160_000;
