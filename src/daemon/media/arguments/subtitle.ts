import { isScript, type SubtitleTraits } from '../../../shared/renditions.js';
import { inputArguments } from '../input.js';

/**
 * What the text of a stream is written as: SubRip and scripts as they stand, since ffmpeg loses what it takes for
 * markup (`<Kim>`); all others as the WebVTT that it makes of them.
 */
export function writtenAs(track: Pick<SubtitleTraits, 'codec'>): 'srt' | 'ass' | 'vtt' {
  if (track.codec === 'subrip' || track.codec === 'text') return 'srt';
  return isScript(track) ? 'ass' : 'vtt';
}

const writing = {
  srt: ['-c:s', 'copy', '-f', 'srt'],
  ass: ['-c:s', 'copy', '-f', 'ass'],
  vtt: ['-c:s', 'webvtt', '-f', 'webvtt'],
};

/** Text of track n of the list to file descriptor 3 + n. */
export function subtitleArguments(
  source: string,
  tracks: readonly Pick<SubtitleTraits, 'stream' | 'codec'>[],
): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    // Bytes come through as they are: ffmpeg drops what is no UTF-8, and fails where nothing else is there.
    ...['-sub_charenc_mode', 'ignore', ...inputArguments(source)],
    ...tracks.flatMap((track, index) => [
      ...['-map', `0:${track.stream}`, ...writing[writtenAs(track)]],
      // Words before the picture would move all others; with times below zero no reader takes them.
      ...['-avoid_negative_ts', 'disabled', `pipe:${index + 3}`],
    ]),
  ];
}
