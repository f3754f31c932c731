import type { Plan } from '../store/plans.js';
import { playlistHead, segmentDurations } from './media-playlist.js';

/** Beside the rendition's media playlist. */
export const iFramePlaylistName = 'i-frames.m3u8';

/**
 * The playlist of the first picture of every segment, each a range of the segment's file: its head and
 * the one sample behind it, as RFC 8216bis 4.4.3.6 and Apple's and Shaka's packagers have it. The
 * duration is the time to the next one, which is the segment's. `iFrameBytes` has the length of each
 * range.
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
