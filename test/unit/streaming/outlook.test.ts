import { expect, test } from 'vitest';
import { notReady, whatToResume, whyHopeless } from '../../../src/daemon/streaming/outlook.js';
import type { JobState } from '../../../src/shared/states.js';

const codeOf = (...states: JobState[]) =>
  whyHopeless(states.map((status, index) => ({ jobId: `job${index}`, status })))?.code;

test('there is hope while a job may still make it', () => {
  expect(codeOf()).toBeUndefined();
  for (const state of ['submitted', 'queued', 'processing', 'paused', 'completed'] as const) {
    expect(codeOf(state), state).toBeUndefined();
    expect(codeOf('failed', state), state).toBeUndefined();
  }
});

test('a cancelled job says so, a failed one that there will be nothing', () => {
  expect(codeOf('cancelled', 'failed')).toBe('JOB_CANCELLED');
  expect(codeOf('failed', 'cancelled')).toBe('STREAM_NOT_READY');
});

test('names the job that is paused, and nothing where one goes on', () => {
  const jobs = [
    { jobId: 'new', status: 'failed' as const },
    { jobId: 'old', status: 'paused' as const },
  ];
  expect(whatToResume(jobs)).toContain('kdrama resume old');
  expect(whatToResume([{ jobId: 'a', status: 'processing' }])).toBeUndefined();
  expect(whatToResume([])).toBeUndefined();
});

test('says when to ask again, or what has to be done first', () => {
  const said = (status: JobState, seconds?: number) => {
    const { details, hint } = notReady([{ jobId: 'a', status }], 'not there', seconds);
    return [details?.['retryAfterSeconds'], hint];
  };
  expect(said('processing', 5)[0]).toBe(5);
  expect(said('paused')).toEqual([undefined, expect.stringContaining('kdrama resume a')]);
  expect(said('completed')).toEqual([undefined, expect.stringContaining('kdrama retry a')]);
});
