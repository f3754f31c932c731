import type { SoundSource } from '../../../shared/renditions.js';
import { inputArguments } from '../ffmpeg/input.js';
import { fragmentedMp4 } from './encode.js';
import { soundFilter } from './sound-filter.js';

export interface AudioRequest {
  readonly path: string;
  readonly stream: number;
  readonly source: SoundSource | undefined;
  readonly sampleRate: number;
  /** 2, or 6 for 5.1. */
  readonly channels: number;
  readonly gainDb: number | undefined;
  /** Where the encoder is to begin and how long it is to go on, in samples from time zero. */
  readonly startSample: number;
  readonly samples: number;
}

/** AAC-LC on the track's own grid of 1024 samples, to file descriptor 3. */
export function audioArguments(request: AudioRequest): string[] {
  const { path, stream, source, sampleRate, channels, gainDb, startSample, samples } = request;
  const seekSeconds = soundSeek(startSample, sampleRate);
  const skipped = startSample - seekSeconds * sampleRate;
  const range = { seekSeconds, skipped, samples };
  const filter = soundFilter({ sampleRate, channels, gainDb, source }, range);
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...inputArguments(path, { seekSeconds }),
    ...['-map', `0:${stream}`, '-af', filter, '-c:a', 'aac', '-b:a', String(bitRateOf(channels))],
    ...['-output_ts_offset', String(seekSeconds), '-map_metadata', '-1', '-map_chapters', '-1'],
    ...[...fragmentedMp4, '-frag_duration', '1000000', 'pipe:3'],
  ];
}

/**
 * Where a run that is to begin at a sample starts to read, in seconds: whole ones, which are whole in
 * every clock, and a second early, since decoders need what stands before (MP3 borrows from up to nine
 * frames, Opus wants 80 ms) and filters have to come to rest.
 */
export function soundSeek(startSample: number, sampleRate: number): number {
  return Math.max(0, Math.floor(startSample / sampleRate) - 1);
}

/** Bits per second of an encoded rendition. */
export function bitRateOf(channels: number): number {
  return channels === 2 ? 160_000 : 384_000;
}

/** What may be said of a rendition's peak before its bytes are there: the encoder varies a little. */
export function boundOf(bitRate: number): number {
  return Math.round(bitRate * 1.2);
}
