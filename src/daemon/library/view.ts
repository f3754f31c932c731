import type { JobView, VideoView } from '../../shared/contract/index.js';
import { toSeconds } from '../../shared/time.js';
import type { Video } from '../store/videos.js';

/** Where a video's files are fetched, as the asking client writes it. */
export interface VideoLinks {
  /** Signed; null for someone who may not watch. */
  readonly hls: string | null;
  readonly poster: string;
}

/** A video as the contract shows it. `ladder` names its picture renditions, the best first. */
export function videoView(
  video: Video,
  job: JobView,
  ladder: readonly string[],
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
    streamingUrls: { hls: links.hls },
  };
}
