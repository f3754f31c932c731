import { join } from 'node:path';
import type { SubtitleTraits } from '../../shared/renditions.js';
import { subtitleTrackName, type Layout } from '../layout.js';
import type { Rendition } from '../store/renditions.js';
import type { Subtitle } from '../store/subtitles.js';

/** A track that came beside the video, as a rendition of any of its plans. */
export interface AttachedRendition extends Rendition<SubtitleTraits> {
  readonly subtitleId: string;
  readonly track: number;
}

/** It is cut along whatever plan is played, so it outlives each of them and none has to be stored. */
export function attachedRenditions(
  planId: string,
  subtitles: readonly Subtitle[],
): AttachedRendition[] {
  return subtitles.flatMap(({ id, format, filename, tracks }) =>
    tracks.map(({ language, label, isForced, isSdh }, track) => ({
      ...{ subtitleId: id, track, id: `${id}-${track}`, planId, version: 1 },
      ...{ name: `beside-${id}-${track}`, method: 'encoded' as const },
      ...{ reason: `${format.toUpperCase()} of ${filename}`, position: Number.MAX_SAFE_INTEGER },
      traits: {
        kind: 'subtitle' as const,
        stream: -1,
        language,
        label,
        isDefault: false,
        isForced,
        isSdh,
      },
      ...{ segmentCount: 1, initBytes: null },
    })),
  );
}

/** Where its WebVTT file lies. */
export function attachedPath(
  layout: Layout,
  videoId: string,
  rendition: AttachedRendition,
): string {
  const { subtitleId, track } = rendition;
  return join(layout.subtitle(videoId, subtitleId), subtitleTrackName(track));
}

export function isAttached(rendition: Rendition): rendition is AttachedRendition {
  return 'subtitleId' in rendition;
}
