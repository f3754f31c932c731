import { toSeconds } from '../../../shared/time.js';
import { inputArguments } from '../ffmpeg/input.js';
import { fragmentedMp4 } from './encode.js';

interface CopiedStream {
  readonly index: number;
  readonly kind: 'video' | 'audio';
  /** Which sample entry it gets, where several could be. */
  readonly tag?: 'hvc1' | undefined;
}

export interface CopyRequest {
  readonly source: string;
  /** Stream n of the list goes to file descriptor 3 + n. */
  readonly streams: readonly CopiedStream[];
  /** Ticks from which everything is wanted; more may come before. */
  readonly startTicks: number;
  /** Ticks up to which everything is wanted; undefined: to the end of the file. */
  readonly endTicks: number | undefined;
}

/** Sound is interleaved up to this far from the picture that it belongs to. */
const interleaveSeconds = 2;

/** One run over the source that takes pictures and sound as they are. */
export function copyArguments({ source, streams, startTicks, endTicks }: CopyRequest): string[] {
  const seek = Math.max(0, toSeconds(startTicks) - interleaveSeconds);
  const length =
    endTicks === undefined
      ? []
      : ['-t', (toSeconds(endTicks) - seek + interleaveSeconds).toFixed(6)];
  return [
    ...['-v', 'error', '-nostdin'],
    ...inputArguments(source, { seekSeconds: seek }),
    ...streams.flatMap(({ index, kind, tag }, output) => [
      ...['-map', `0:${index}`, '-c', 'copy', ...length, '-output_ts_offset', seek.toFixed(6)],
      ...['-map_metadata', '-1', '-map_chapters', '-1', ...fragmentedMp4],
      ...(tag === undefined ? [] : ['-tag:v', tag]),
      ...(kind === 'video' ? ['-video_track_timescale', '90000'] : ['-frag_duration', '1000000']),
      `pipe:${output + 3}`,
    ]),
  ];
}
