import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobState } from '../../../src/daemon/jobs/states/job-states.js';
import { jobPageStore, type JobPageQuery } from '../../../src/daemon/store/job-pages.js';
import { jobStore } from '../../../src/daemon/store/jobs.js';
import { openDatabase } from '../../../src/daemon/store/open.js';
import { jobStates } from '../../../src/shared/states.js';

let home: string;
let connection: Database.Database;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kdrama-job-pages-'));
  connection = openDatabase(join(home, 'kdrama.db'));
  connection.pragma('foreign_keys = OFF');
});
afterAll(() => {
  connection.close();
  rmSync(home, { recursive: true });
});

/** A job for every way in which the columns that make its state can be set. */
function insertEveryJob(): void {
  const insert = connection.prepare(
    `INSERT INTO jobs (id, video_id, settings, created_at, paused, cancelled_at, failure,
       completed_at, ended_at, plan_id, started_at, worked_at)
     VALUES (@id, @id, '{}', 1, @paused, @cancelled, @failure, @completed, @ended, @plan, @started,
       @worked)`,
  );
  for (let bits = 0; bits < 128; bits += 1) {
    const [paused, cancelled, failed, completed, plan, started, worked] = [
      ...[1, 2, 4, 8, 16, 32, 64].map((bit) => (bits & bit) !== 0),
    ];
    const ends = [cancelled, failed, completed].filter(Boolean).length;
    // A job ends in one way and is not paused then; what worked was started.
    if (ends > 1 || (paused && ends > 0) || (worked && !started)) continue;
    insert.run({
      id: `job${bits}`,
      paused: paused ? 1 : 0,
      cancelled: cancelled ? 2 : null,
      failure: failed ? '{"code":"TRANSCODE_FAILED","message":""}' : null,
      completed: completed ? 3 : null,
      ended: cancelled || failed || completed ? 3 : null,
      plan: plan ? 'plan' : null,
      started: started ? 1 : null,
      worked: worked ? 2 : null,
    });
  }
}

test('the database finds jobs by the state that they are in', () => {
  insertEveryJob();
  const jobs = jobStore(connection);
  const page = (query: JobPageQuery) => jobPageStore(connection).page(query);
  const anyone = { videoId: null, reader: null, after: null, limit: 1000 };
  const all = page({ ...anyone, states: [] });
  expect(all.length).toBeGreaterThan(25);
  const states = new Map(all.map((id) => [id, jobState(jobs.find(id)!)]));
  for (const state of jobStates) {
    const expected = all.filter((id) => states.get(id) === state);
    expect(expected).not.toEqual([]);
    expect([state, page({ ...anyone, states: [state] })]).toEqual([state, expected]);
  }
  const live = all.filter((id) => ['paused', 'processing'].includes(states.get(id) ?? ''));
  expect(page({ ...anyone, states: ['paused', 'processing'] })).toEqual(live);
});
