import type { Plan } from '../store/plans.js';
import { playlistHead, segmentDurations } from './media-playlist.js';

/**
 * The playlist of the first picture of every segment, each a range of the segment's file. "I-frame
 * segments must include the 'moof' header associated with the I-frame" (Apple's authoring specification,
 * 6.10); the duration is "the time between the presentation time of the I-frame and of the next I-frame"
 * (RFC 8216bis, 4.4.3.6), which is the segment's. `iFrameBytes` has the length of each range.
 */
export function iFramePlaylist(plan: Plan, iFrameBytes: readonly number[]): string {
  const durations = segmentDurations(plan, iFrameBytes.length);
  const lines = [
    ...playlistHead(durations),
    '#EXT-X-I-FRAMES-ONLY',
    '#EXT-X-MAP:URI="init.mp4"',
    ...durations.flatMap((seconds, number) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${iFrameBytes[number] ?? 0}@0`,
      `${number}.m4s`,
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}
