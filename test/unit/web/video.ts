import type { VideoView } from '../../../src/shared/contract/index.js';

/** A ready video; a test names only what it is about. */
export function videoOf(facts: Partial<VideoView> = {}): VideoView {
  return {
    id: 'v1',
    title: 'Rain',
    series: 'Rain',
    season: 1,
    episode: 1,
    episodeKnown: true,
    description: '',
    filename: 'Rain.S01E01.mkv',
    sourceKept: true,
    sizeBytes: 1,
    sha256: '',
    createdAt: '2025-01-01T00:00:00.000Z',
    duration: 60,
    availableQualities: ['1080p'],
    playable: true,
    status: 'completed',
    progress: 100,
    jobId: 'j1',
    replacedBy: null,
    poster: null,
    storyboard: null,
    error: null,
    streamingUrls: { hls: null, mp4: null },
    ...facts,
  };
}
