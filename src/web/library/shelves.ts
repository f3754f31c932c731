import type { VideoView } from '../../shared/contract/index.js';

/** The episodes of one series in their order, or what belongs to none (`series` is `""`). */
export interface Shelf {
  readonly series: string;
  readonly videos: readonly VideoView[];
}

/** One shelf a series, the one with the newest arrival first; what has no series comes last. */
export function shelvesOf(videos: readonly VideoView[]): Shelf[] {
  const bySeries = new Map<string, VideoView[]>();
  for (const video of videos) {
    const shelf = bySeries.get(video.series);
    if (shelf === undefined) bySeries.set(video.series, [video]);
    else shelf.push(video);
  }
  return [...bySeries]
    .map(([series, members]) => ({ series, videos: members.toSorted(byEpisode) }))
    .toSorted((a, b) => Number(a.series === '') - Number(b.series === '') || byArrival(a, b));
}

function byEpisode(a: VideoView, b: VideoView): number {
  return (
    (a.season ?? 0) - (b.season ?? 0) ||
    Number(b.episodeKnown) - Number(a.episodeKnown) ||
    a.episode - b.episode ||
    a.createdAt.localeCompare(b.createdAt)
  );
}

function byArrival(a: Shelf, b: Shelf): number {
  return newest(b).localeCompare(newest(a));
}

function newest({ videos }: Shelf): string {
  return videos.reduce((latest, { createdAt }) => (createdAt > latest ? createdAt : latest), '');
}
