import { describe, expect, it } from 'vitest';
import {
  commandEffect,
  jobState,
  type JobFacts,
} from '../../../src/daemon/jobs/states/job-states.js';

const fresh: JobFacts = {
  paused: false,
  cancelledAt: null,
  failure: null,
  completedAt: null,
  planId: null,
  startedAt: null,
  workedAt: null,
};

describe('the state of a job', () => {
  it('is submitted until its probe is claimed', () => {
    expect(jobState(fresh)).toBe('submitted');
    expect(jobState({ ...fresh, startedAt: 1 })).toBe('processing');
  });

  it('is queued when it is probed and nothing else was claimed yet', () => {
    expect(jobState({ ...fresh, startedAt: 1, planId: 'p' })).toBe('queued');
    expect(jobState({ ...fresh, startedAt: 1, planId: 'p', workedAt: 2 })).toBe('processing');
  });

  it('is what was stored, the final states first', () => {
    expect(jobState({ ...fresh, paused: true })).toBe('paused');
    expect(jobState({ ...fresh, completedAt: 3 })).toBe('completed');
    const failure = { code: 'TRANSCODE_FAILED', message: '' };
    expect(jobState({ ...fresh, failure })).toBe('failed');
    expect(jobState({ ...fresh, failure, cancelledAt: 3 })).toBe('cancelled');
  });

  it('decides which commands are possible', () => {
    expect(commandEffect('processing', 'cancel')).toBe('apply');
    expect(commandEffect('cancelled', 'cancel')).toBe('nothing');
    expect(commandEffect('completed', 'cancel')).toBe('conflict');
    expect(commandEffect('failed', 'retry')).toBe('apply');
    expect(commandEffect('processing', 'retry')).toBe('conflict');
  });
});
