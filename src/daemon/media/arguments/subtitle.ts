import { inputArguments } from '../input.js';

/** How a stream is written: WebVTT, or an ASS script as it stands. */
export interface SubtitleOutput {
  readonly stream: number;
  readonly as: 'webvtt' | 'script';
}

/** Text subtitle output n of the list to file descriptor 3 + n. */
export function subtitleArguments(source: string, outputs: readonly SubtitleOutput[]): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    // Bytes come through as they are: ffmpeg drops what is no UTF-8, and fails where nothing else is there.
    ...['-sub_charenc_mode', 'ignore', ...inputArguments(source)],
    ...outputs.flatMap(({ stream, as }, index) => [
      ...['-map', `0:${stream}`],
      ...(as === 'webvtt' ? ['-c:s', 'webvtt', '-f', 'webvtt'] : ['-c:s', 'copy', '-f', 'ass']),
      `pipe:${index + 3}`,
    ]),
  ];
}
