import { describe, expect, test } from 'vitest';
import { jobStates } from '../../../src/shared/states.js';
import {
  isAllThere,
  isComing,
  isUnfinished,
  videoState,
} from '../../../src/web/library/video-state.js';

describe('what a card says of a video', () => {
  test('is nothing once it is ready', () => {
    const state = videoState({ status: 'completed', progress: 100, playable: true });
    expect(state).toEqual({ sentence: '', progress: null, tone: 'quiet' });
  });

  test('is that it plays, while the rest is still being made', () => {
    const state = videoState({ status: 'processing', progress: 43.9, playable: true });
    expect(state).toEqual({
      sentence: 'Playable now · being made · 43 %',
      progress: 43.9,
      tone: 'good',
    });
  });

  test('is that it could not be made, without a bar that never moves', () => {
    const state = videoState({ status: 'failed', progress: 12, playable: false });
    expect(state).toEqual({ sentence: 'Could not be made', progress: null, tone: 'bad' });
  });

  test('changes by itself in every state but the last ones', () => {
    expect(jobStates.filter((status) => isUnfinished({ status }))).toEqual([
      'submitted',
      'queued',
      'processing',
      'paused',
    ]);
  });
});

test('a video is all there when it is ready, unless it is made on demand', () => {
  const links = { hls: '/hls', mp4: '/mp4' };
  expect(jobStates.filter((status) => isAllThere({ status, streamingUrls: links }))).toEqual([
    'completed',
  ]);
  const onDemand = { ...links, mp4: null };
  expect(isAllThere({ status: 'completed', streamingUrls: onDemand })).toBe(false);
  expect(jobStates.filter((status) => isComing({ status, streamingUrls: onDemand }))).toEqual([
    ...['submitted', 'queued', 'processing', 'paused', 'completed'],
  ]);
  expect(isComing({ status: 'completed', streamingUrls: links })).toBe(false);
});
