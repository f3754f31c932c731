import type { JobView } from '../../src/shared/contract/index.js';

/** A view of a job of which a test says what matters to it. */
export function jobViewOf(jobId: string, given: Partial<JobView> = {}): JobView {
  return {
    jobId,
    videoId: `video-of-${jobId}`,
    title: 'Goblin',
    status: 'processing',
    stage: 'encoding',
    progress: 10,
    speed: null,
    playable: false,
    priority: 'normal',
    createdAt: '2026-01-01T00:00:00.000Z',
    startTime: null,
    playableAt: null,
    completedAt: null,
    estimatedCompletion: null,
    error: null,
    workflow: null,
    owner: 'local',
    useGpu: false,
    encoding: null,
    setback: null,
    ladder: 'full',
    renditions: [],
    ...given,
  };
}
