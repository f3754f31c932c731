import type { JobView, VideoView } from '../../shared/contract/index.js';
import { timeLimit } from '../../shared/time-limit.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { episodeNumber, stateWords } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import type { Candidate } from './expected-word.js';

/** More than anybody looks through. */
const mostIds = 100;
/** Somebody waits with a finger on the key. */
const patienceMs = 1_000;

/** The newest jobs or videos of the daemon that runs, with titles. Starts none; throws without one. */
export async function liveIds(kind: 'jobs' | 'videos', deps: Deps): Promise<Candidate[]> {
  const { signal } = timeLimit(deps.signal, patienceMs);
  const { api } = await connect({ ...deps, signal });
  return kind === 'jobs'
    ? (await api.newestJobs(mostIds)).map(ofJob)
    : (await api.newestVideos(mostIds)).map(ofVideo);
}

function ofJob(job: JobView): Candidate {
  return { value: job.jobId, about: safeText(`${job.title} (${stateWords(job)})`) };
}

function ofVideo(video: VideoView): Candidate {
  const parts = [video.series, episodeNumber(video), video.title].filter((part) => part !== '');
  return { value: video.id, about: safeText([...new Set(parts)].join(' ')) };
}
