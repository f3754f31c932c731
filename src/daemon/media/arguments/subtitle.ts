import { inputArguments } from '../input.js';

/** Text subtitle stream n of the list as WebVTT to file descriptor 3 + n. */
export function subtitleArguments(source: string, streams: readonly number[]): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', '-stats_period', '0.5'],
    ...inputArguments(source),
    ...streams.flatMap((stream, index) => [
      ...['-map', `0:${stream}`, '-c:s', 'webvtt', '-f', 'webvtt', `pipe:${index + 3}`],
    ]),
  ];
}
