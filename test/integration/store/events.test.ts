import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { EventType } from '../../../src/shared/contract/index.js';
import { openStore, type Store } from '../../../src/daemon/store/store.js';
import { jobViewOf } from '../../support/job-view.js';

function opened(): { store: Store; add: (jobId: string, type: EventType, at?: number) => number } {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-events-'));
  const store = openStore(join(directory, 'kdrama.db'));
  onTestFinished(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });
  return {
    store,
    add: (jobId, type, at = 1) =>
      store.events.add({ jobId, owner: 'local', type, at, data: jobViewOf(jobId) }),
  };
}

it('events come in order, after the one that a client has seen', () => {
  const { store, add } = opened();
  const ids = [add('a', 'job.paused'), add('b', 'job.paused'), add('a', 'job.resumed')];
  expect(store.events.after(ids[0] ?? 0).map(({ id }) => id)).toEqual(ids.slice(1));
  expect(store.events.ofJob('a').map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  expect(store.events.ofJob('a', ids[0]).map(({ id }) => id)).toEqual([ids[2]]);
  expect(store.events.newestOf('a')).toMatchObject({ id: ids[2], data: { jobId: 'a' } });
});

it('of a job only the newest progress is kept, everything else stays', () => {
  const { store, add } = opened();
  add('a', 'job.created');
  add('a', 'job.progress');
  add('b', 'job.progress');
  add('a', 'job.progress');
  expect(store.events.after(0).map(({ jobId, type }) => `${jobId} ${type}`)).toEqual([
    'a job.created',
    'b job.progress',
    'a job.progress',
  ]);
  add('a', 'job.completed');
  expect(store.events.ofJob('a').map(({ type }) => type)).toEqual(['job.created', 'job.completed']);
});

it('pruning tells from where on nothing is missing, and no id is used twice', () => {
  const { store, add } = opened();
  expect([store.events.lastId(), store.events.prunedTo()]).toEqual([0, 0]);
  const ids = [
    add('a', 'job.created', 10),
    add('a', 'job.paused', 20),
    add('a', 'job.resumed', 30),
  ];
  expect(store.events.prune(25)).toBe(2);
  expect(store.events.prunedTo()).toBe(ids[1]);
  expect(store.events.after(0).map(({ id }) => id)).toEqual([ids[2]]);
  expect(store.events.prune(100)).toBe(1);
  expect(store.events.lastId()).toBe(ids[2]);
  expect(add('a', 'job.paused')).toBeGreaterThan(ids[2] ?? 0);
});
