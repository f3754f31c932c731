import { describe, expect, it } from 'vitest';
import { afterAttempt } from '../../../src/daemon/jobs/states/task-states.js';

const fresh = { failures: 0, deaths: 0, error: null, notBefore: 0 };
const error = { code: 'TRANSCODE_FAILED', message: 'no frames' };

describe('a task after an attempt', () => {
  it('has spent one of three attempts only when the task itself reports a failure', () => {
    const first = afterAttempt(fresh, { kind: 'failed', error }, 1000);
    expect(first).toMatchObject({ state: 'queued', failures: 1, error });
    expect(first.notBefore).toBeGreaterThan(1000);
    const second = afterAttempt(first, { kind: 'failed', error }, 1000);
    expect(second.notBefore).toBeGreaterThan(first.notBefore);
    const third = afterAttempt(second, { kind: 'failed', error }, 1000);
    expect(third).toMatchObject({ state: 'failed', failures: 3 });
  });

  it.each(['UPLOAD_INVALID_FORMAT', 'SOURCE_CHANGED', 'FFMPEG_UNAVAILABLE', 'STORAGE_FULL'])(
    'has failed at once with %s: trying again by itself cannot help',
    (code) => {
      const end = { kind: 'failed', error: { code, message: '' } } as const;
      expect(afterAttempt(fresh, end, 0).state).toBe('failed');
    },
  );

  it('goes back as it was when it was stopped', () => {
    const spent = { ...fresh, failures: 2, deaths: 4 };
    expect(afterAttempt(spent, { kind: 'returned', notBefore: 0 }, 1000)).toMatchObject({
      state: 'queued',
      failures: 2,
      deaths: 4,
    });
  });

  it('is poison when the daemon died five times in a row with it', () => {
    let task = { ...fresh };
    for (let death = 1; death < 5; death++) {
      const outcome = afterAttempt(task, { kind: 'died' }, 0);
      expect(outcome).toMatchObject({ state: 'queued', deaths: death, failures: 0 });
      task = { ...task, deaths: outcome.deaths };
    }
    const last = afterAttempt(task, { kind: 'died' }, 0);
    expect(last).toMatchObject({ state: 'failed', error: { code: 'TRANSCODE_FAILED' } });
  });
});
