/** WebVTT: RFC 8216bis 3.1.4. */
import { parseWebVtt } from '../../../src/daemon/streaming/webvtt.js';
import { playlistsOf, type FetchedSegment } from './episode.js';
import { orUnreadable, where, type Rule } from './rule.js';

/** A rule of every segment of text; its times are in milliseconds. */
function ofText(
  name: string,
  check: (text: string, startMs: number, endMs: number) => string[],
): Rule {
  return {
    name,
    check: (episode) =>
      playlistsOf(episode, 'text').flatMap(({ uri, segments }) => {
        let endMs = 0;
        return segments.flatMap((segment: FetchedSegment) => {
          const startMs = endMs;
          endMs += segment.duration * 1000;
          const subject = `${uri}: ${segment.uri}`;
          return orUnreadable(subject, () =>
            check(segment.bytes.toString('utf8'), startMs, endMs).map(
              (words) => `${subject} ${words}`,
            ),
          );
        });
      }),
  };
}

export const textRules: readonly Rule[] = [
  ofText('every segment of text says that its times are those of the media', (text) =>
    where(
      text.split('\n')[1] !== 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000' ||
        !text.startsWith('WEBVTT\n'),
      `begins with ${JSON.stringify(text.slice(0, 60))}`,
    ),
  ),
  ofText(
    'a cue stands in a segment in which it can be seen, and in no other',
    (text, startMs, endMs) =>
      parseWebVtt(text)
        .cues.filter((cue) => cue.startMs >= endMs + 1 || cue.endMs < startMs - 1)
        .map((cue) => `has a cue from ${cue.startMs} to ${cue.endMs} ms`),
  ),
];
