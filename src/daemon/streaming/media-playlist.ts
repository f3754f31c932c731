import { toSeconds } from '../../shared/time.js';
import type { Plan } from '../store/plans.js';
import type { Rendition } from '../store/renditions.js';

/** How many segments a rendition's playlist names: subtitles are one file cut along the plan. */
export function segmentsListed(plan: Plan, rendition: Rendition): number {
  const planned = Math.max(0, plan.boundaries.length - 1);
  return rendition.traits.kind === 'subtitle' ? planned : Math.min(planned, rendition.segmentCount);
}

/**
 * The media playlist of a rendition, complete from the moment of the plan: its bytes never change
 * while segments appear. URIs are relative.
 */
export function mediaPlaylist(plan: Plan, rendition: Rendition): string {
  const isText = rendition.traits.kind === 'subtitle';
  const durations = segmentDurations(plan, segmentsListed(plan, rendition));
  const lines = [
    ...playlistHead(durations),
    ...(isText ? [] : ['#EXT-X-MAP:URI="init.mp4"']),
    ...durations.flatMap((seconds, number) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `${number}.${isText ? 'vtt' : 'm4s'}`,
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}

/** The first `count` segments of a plan, in seconds. */
export function segmentDurations({ boundaries }: Plan, count: number): number[] {
  return Array.from({ length: count }, (_, number) =>
    toSeconds((boundaries[number + 1] ?? 0) - (boundaries[number] ?? 0)),
  );
}

/** The tags that stand before all segments of these durations. */
export function playlistHead(durations: readonly number[]): string[] {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(1, ...durations))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
}
