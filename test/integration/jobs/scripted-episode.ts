import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { Bus } from '../../../src/daemon/bus.js';
import { systemClock } from '../../../src/daemon/clock.js';
import { createJobs, type JobsOptions, type RunningJobs } from '../../../src/daemon/jobs/jobs.js';
import type { Slots } from '../../../src/daemon/jobs/running/lanes.js';
import { homeLayout, makeDirectories } from '../../../src/daemon/layout.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import { openStore } from '../../../src/daemon/store/store.js';
import type { TaskRow } from '../../../src/daemon/store/tasks.js';
import type { KeepSource } from '../../../src/shared/contract/index.js';
import type { ScriptedWorker } from './scripted-worker.js';

const sourceBytes = Buffer.from('not really an episode');

/** A home in a temporary directory, with a real database. Everything is removed after the test. */
export function openHome() {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-jobs-'));
  const layout = homeLayout(directory);
  makeDirectories(layout);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return { layout, ...openDaemon(layout) };
}

/** What one process has of a home; a second one on the same home is its successor. */
export function openDaemon(layout: ReturnType<typeof homeLayout>) {
  const store = openStore(layout.database);
  const bus = new Bus();
  let running: RunningJobs | undefined;
  onTestFinished(async () => {
    await running?.stop();
    store.close();
  });

  return {
    store,
    bus,
    jobs(
      worker: ScriptedWorker,
      slots: Slots = { cpu: 1, io: 2 },
      policy: Pick<
        JobsOptions,
        'quietHours' | 'onDrained' | 'findEncoders' | 'defaultUseGpu' | 'picture'
      > = {},
    ): RunningJobs {
      const onBroken = (error: unknown) => {
        throw error;
      };
      const { runTask } = worker;
      worker.onStep = () => bus.emit('job', { jobId: 'a step of the script' });
      onTestFinished(() => worker.releaseAll());
      running = createJobs({
        ...{ store, bus, layout, clock: systemClock, runTask, slots, onBroken },
        ...policy,
      });
      return running;
    },
    /** What failed is tried again at once. */
    skipBackoff(): void {
      const database = new Database(layout.database);
      const dueNow = database.prepare('UPDATE tasks SET not_before = 0 WHERE not_before > 0');
      const hurry = () => dueNow.run().changes > 0 && bus.emit('work');
      bus.on('job', hurry);
      onTestFinished(() => {
        bus.off('job', hurry);
        database.close();
      });
    },
    addVideo(id: string, keepSource: KeepSource = 'always'): string {
      mkdirSync(layout.video(id), { recursive: true });
      writeFileSync(layout.source(id), sourceBytes);
      store.videos.insert({
        id,
        title: `Title of ${id}`,
        series: '',
        season: null,
        episode: null,
        description: '',
        filename: `${id}.mkv`,
        sizeBytes: sourceBytes.length,
        sha256: createHash('sha256').update(id).digest('hex'),
        fingerprint: id,
        identity: null,
        keepSource,
        createdAt: Date.now(),
      });
      return id;
    },
    /** Resolves as soon as `check` holds; it is asked again after everything that happens. */
    until<T>(check: () => T | undefined | false): Promise<T> {
      return new Promise((resolve) => {
        const look = () => {
          const found = check();
          if (found === undefined || found === false) return;
          bus.off('job', look).off('segment', look).off('work', look);
          resolve(found);
        };
        bus.on('job', look).on('segment', look).on('work', look);
        look();
      });
    },
    rendition(jobId: string, name: string): Rendition {
      const planId = store.jobs.find(jobId)?.planId ?? '';
      const found = store.renditions.ofPlan(planId).find((rendition) => rendition.name === name);
      if (found === undefined) throw new Error(`no rendition ${name}`);
      return found;
    },
    /** The open tasks of a job in words: state, rank, kind, segments. */
    open(jobId: string): string[] {
      return store.tasks.ofJob(jobId).filter(isOpen).map(inWords);
    },
  };
}

function isOpen({ state }: TaskRow): boolean {
  return state === 'queued' || state === 'running';
}

function inWords({ state, rank, kind, firstSegment, segments, renditions }: TaskRow): string {
  return `${state} ${rank} ${kind} ${firstSegment}+${segments} of ${renditions.length}`;
}
