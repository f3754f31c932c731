import type { ChapterView, JobView, VideoView } from '../../shared/contract/index.js';
import type { Chapter } from '../../shared/chapters.js';
import { toSeconds } from '../../shared/time.js';
import type { Video } from '../store/videos.js';

/** Where a video's files are fetched, as the asking client writes it. */
export interface VideoLinks {
  /** Signed; null for someone who may not watch. */
  readonly hls: string | null;
  readonly mp4: string | null;
  readonly poster: string;
  readonly storyboard: string;
}

/** What is there of a video beside its row. */
export interface VideoFacts {
  /** Names of its picture renditions, the best first; none until it is probed. */
  readonly ladder: readonly string[];
  readonly hasStoryboard: boolean;
}

/** A video as the contract shows it. */
export function videoView(
  video: Video,
  job: JobView,
  { ladder, hasStoryboard }: VideoFacts,
  links: VideoLinks,
): VideoView {
  return {
    id: video.id,
    title: video.title,
    series: video.series,
    season: video.season,
    episode: video.episode ?? 0,
    episodeKnown: video.episode !== null,
    description: video.description,
    filename: video.filename,
    sizeBytes: video.sizeBytes,
    sourceKept: video.sourceState === 'kept',
    sha256: video.sha256,
    createdAt: new Date(video.createdAt).toISOString(),
    duration: toSeconds(video.durationTicks ?? 0),
    availableQualities: [...ladder],
    playable: job.playable,
    status: job.status,
    progress: job.progress,
    error: job.error,
    jobId: job.jobId,
    replacedBy: video.replacedBy,
    poster: video.posterBytes === null ? null : links.poster,
    storyboard: hasStoryboard ? links.storyboard : null,
    streamingUrls: { hls: links.hls, mp4: isWhole(job) ? links.mp4 : null },
  };
}

export function chapterView({ startTicks, endTicks, title }: Chapter): ChapterView {
  return { start: toSeconds(startTicks), end: toSeconds(endTicks), title };
}

/** On demand, parts of a picture may be missing for ever. */
function isWhole({ status, ladder }: JobView): boolean {
  return status === 'completed' && ladder !== 'on-demand';
}
