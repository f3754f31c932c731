import { segmentFileName } from '../layout.js';
import type { Rendition } from '../store/renditions.js';
import type { Store } from '../store/store.js';
import type { Video } from '../store/videos.js';
import { attachedRenditions } from '../subtitles/renditions.js';

/** What a job made, as URL paths after the API's prefix. */
export interface Outputs {
  readonly playlist: string;
  readonly poster: string | null;
  /** Of the published plan, as is all that `/videos` serves. */
  readonly storyboard: string | null;
  readonly metadata: string;
  /** One playlist a subtitle track. */
  readonly subtitles: readonly string[];
  /** By name of the rendition: those that the published plan has, since `/stream` serves it alone. */
  readonly mp4: Readonly<Record<string, string>>;
}

export function outputsOf(store: Store, video: Video, planId: string | null): Outputs {
  const renditions = planId === null ? [] : store.renditions.ofPlan(planId);
  const ofKind = (kind: string) => renditions.filter(({ traits }) => traits.kind === kind);
  const published = video.planId === null ? [] : store.renditions.ofPlan(video.planId);
  const isServed = (wanted: string) => published.some(({ name }) => name === wanted);
  const stream = `/stream/${video.id}`;
  return {
    playlist: `${stream}/hls/master.m3u8`,
    poster: video.posterBytes === null ? null : `/videos/${video.id}/poster`,
    storyboard: store.storyboards.has(video.planId) ? `/videos/${video.id}/storyboard.vtt` : null,
    metadata: `/metadata/${video.id}`,
    subtitles: [
      ...ofKind('subtitle'),
      ...(planId === null ? [] : attachedRenditions(planId, store.subtitles.ofVideo(video.id))),
    ].map((rendition) => `${folder(video, rendition)}/playlist.m3u8`),
    mp4: Object.fromEntries(
      ofKind('video')
        .filter(({ name }) => isServed(name))
        .map(({ name }) => [name, `${stream}?quality=${encodeURIComponent(name)}`]),
    ),
  };
}

/** Every published picture and sound segment, rendition by rendition. */
export function segmentPathsOf(store: Store, video: Video, planId: string | null): string[] {
  const renditions = planId === null ? [] : store.renditions.ofPlan(planId);
  return renditions
    .filter(({ traits }) => traits.kind !== 'subtitle')
    .flatMap((rendition) =>
      store.segments
        .ofRendition(rendition.id)
        .map(({ number }) => `${folder(video, rendition)}/${segmentFileName(number)}`),
    );
}

function folder(video: Video, { planId, name, version }: Rendition): string {
  return `/stream/${video.id}/hls/${planId}/${name}/v${version}`;
}
