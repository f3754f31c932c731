import type { VideoView } from '../../shared/contract/index.js';
import type { JobState } from '../../shared/states.js';

/** What a person needs to know of a video that is not simply there. */
export interface VideoState {
  /** `""` when there is nothing to say. */
  readonly sentence: string;
  /** 0 to 100 while it is being made, else null. */
  readonly progress: number | null;
  readonly tone: 'quiet' | 'good' | 'bad';
}

const sentences: Record<JobState, string> = {
  submitted: 'Looking at the file',
  queued: 'Waiting for its turn',
  processing: 'Being made',
  paused: 'Paused',
  completed: '',
  failed: 'Could not be made',
  cancelled: 'Cancelled',
};

export function videoState({
  status,
  progress,
  playable,
}: Pick<VideoView, 'status' | 'progress' | 'playable'>): VideoState {
  if (status === 'completed') return { sentence: '', progress: null, tone: 'quiet' };
  const ended = !isUnfinished({ status });
  const percent =
    status === 'processing' || status === 'paused' ? ` · ${Math.floor(progress)} %` : '';
  const sentence = sentences[status] + percent;
  return {
    sentence: playable ? `Playable now · ${sentence.toLowerCase()}` : sentence,
    progress: ended ? null : progress,
    tone: status === 'failed' ? 'bad' : playable ? 'good' : 'quiet',
  };
}

/** Whether every part of it is there. On demand, which has no file of all of it, some may never be. */
export function isAllThere({
  status,
  streamingUrls,
}: Pick<VideoView, 'status' | 'streamingUrls'>): boolean {
  return status === 'completed' && streamingUrls.mp4 !== null;
}

/** Whether a part that is missing is being made, or is as soon as somebody asks for it. */
export function isComing(video: Pick<VideoView, 'status' | 'streamingUrls'>): boolean {
  return isUnfinished(video) || (video.status === 'completed' && !isAllThere(video));
}

/** Whether this video's view will change by itself. */
export function isUnfinished({ status }: Pick<VideoView, 'status'>): boolean {
  return (
    status === 'submitted' || status === 'queued' || status === 'processing' || status === 'paused'
  );
}
