import { isScript, type SubtitleTraits } from '../../../shared/renditions.js';
import { inputArguments } from '../ffmpeg/input.js';

type Track = Pick<SubtitleTraits, 'stream' | 'codec'>;

/**
 * What the text of a stream is written as: SubRip, scripts and WebVTT as they stand, since ffmpeg loses what it takes
 * for markup (`<Kim>`); that of MP4 as SubRip, in which blank lines and brackets are words; all others as WebVTT.
 */
export function writtenAs({ codec = '' }: Pick<Track, 'codec'>): 'srt' | 'ass' | 'vtt' {
  if (['subrip', 'text', 'mov_text'].includes(codec)) return 'srt';
  return isScript({ codec }) ? 'ass' : 'vtt';
}

const writing = {
  srt: ['-c:s', 'copy', '-f', 'srt'],
  ass: ['-c:s', 'copy', '-f', 'ass'],
  vtt: ['-c:s', 'webvtt', '-f', 'webvtt'],
};

function writer(track: Track): readonly string[] {
  if (track.codec === 'mov_text') return ['-c:s', 'subrip', '-f', 'srt'];
  return track.codec === 'webvtt' ? ['-c:s', 'copy', '-f', 'webvtt'] : writing[writtenAs(track)];
}

/** Text of track n of the list to file descriptor 3 + n. */
export function subtitleArguments(source: string, tracks: readonly Track[]): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    // Bytes come through as they are: ffmpeg drops what is no UTF-8, and fails where nothing else is there.
    ...['-sub_charenc_mode', 'ignore', ...inputArguments(source)],
    ...tracks.flatMap((track, index) => [
      ...['-map', `0:${track.stream}`, ...writer(track)],
      // Words before the picture would move all others; with times below zero no reader takes them.
      ...['-avoid_negative_ts', 'disabled', `pipe:${index + 3}`],
    ]),
  ];
}
