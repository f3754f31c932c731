import type { JobView, VideoView } from '../../shared/contract/index.js';
import type { JobState } from '../../shared/states.js';
import { timeLimit } from '../../shared/time-limit.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { episodeName, stateWords } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import type { Candidate, Expected } from './expected-word.js';

/** More than anybody looks through. */
const mostIds = 100;
/** Somebody waits with a finger on the key. */
const patienceMs = 1_000;

const atWork: readonly JobState[] = ['submitted', 'queued', 'processing'];

/** The states in which a command can do something for a job; for all others, any. */
const fittingStates: Readonly<Record<string, readonly JobState[]>> = {
  cancel: [...atWork, 'paused'],
  pause: atWork,
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
  wait: [...atWork, 'paused'],
};

/**
 * The newest jobs that fit the command, or videos, of the daemon that runs, with titles. Starts none;
 * throws without one.
 */
export async function liveIds(
  wanted: Extract<Expected, { kind: 'jobs' | 'videos' }>,
  deps: Deps,
): Promise<Candidate[]> {
  const { signal } = timeLimit(deps.signal, patienceMs);
  const { api } = await connect({ ...deps, signal });
  if (wanted.kind !== 'jobs') return (await api.newestVideos(mostIds)).map(ofVideo);
  const jobs = await api.newestJobs(mostIds, fittingStates[wanted.of]);
  return jobs.map(ofJob);
}

function ofJob(job: JobView): Candidate {
  return { value: job.jobId, about: safeText(`${job.title} (${stateWords(job)})`) };
}

function ofVideo(video: VideoView): Candidate {
  return { value: video.id, about: episodeName(video) };
}
