import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KdramaError } from '../../../src/shared/errors.js';
import { openDaemon, openHome } from './scripted-episode.js';
import { encodedEpisode, picture, ScriptedWorker, sound } from './scripted-worker.js';

const shape = { tileWidth: 256, tileHeight: 144, columns: 5, rows: 5 };
const scripted = { version: 'scripted', ...shape, tileTicks: [0], sheetBytes: [5] };

function home(worker = encodedEpisode(3)) {
  const opened = openHome();
  const jobs = opened.jobs(worker);
  opened.addVideo('a');
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  const ready = () => opened.until(() => jobs.view(jobId)?.status === 'completed');
  const planId = () => opened.store.jobs.find(jobId)?.planId ?? '';
  const storyboard = () => opened.store.storyboards.ofPlan(planId());
  return { ...opened, worker, jobs, jobId, ready, planId, storyboard };
}

describe('the storyboard of a job', () => {
  it('is made when everything else is, of the smallest picture, before the files are verified', async () => {
    const { worker, ready, storyboard, layout, planId } = home();
    let directory: string | undefined;
    worker.holdAt = ({ task }) => {
      if (task.kind === 'storyboard') directory = task.picture.directory;
      return false;
    };
    await ready();
    expect(worker.log.slice(-2)).toEqual(['storyboard', 'finish']);
    expect(directory).toBe(layout.rendition('a', planId(), '360p', 1));
    expect(storyboard()).toEqual(scripted);
  });

  it('that cannot be made fails nothing, and is made by a retry', async () => {
    const { worker, jobs, jobId, ready, storyboard } = home();
    worker.failAt = ({ task }) => {
      // For good at once: the backoff of three attempts is not what this is about.
      if (task.kind === 'storyboard') throw new KdramaError('STORAGE_FULL');
    };
    await ready();
    expect(jobs.view(jobId)?.error).toBeNull();
    expect(storyboard()).toBeUndefined();
    worker.failAt = () => undefined;
    worker.log.length = 0;
    jobs.retry(jobId);
    await ready();
    expect(worker.log).toEqual(['storyboard', 'finish']);
    expect(storyboard()).toEqual(scripted);
    expect(() => jobs.retry(jobId)).toThrow(
      expect.objectContaining({ code: 'JOB_STATE_CONFLICT' }),
    );
  });

  it('is made for a video that was ready before there were any, without its source', async () => {
    const { worker, store, layout, jobs, jobId, ready, planId, storyboard } = home();
    await ready();
    store.storyboards.lost(planId());
    store.videos.setSource('a', 'removed');
    rmSync(layout.source('a'));
    worker.log.length = 0;
    jobs.retry(jobId);
    await ready();
    expect(worker.log).toEqual(['storyboard', 'finish']);
    expect(storyboard()).toEqual(scripted);
  });

  it('is made again by a retry when one of its sheets is gone', async () => {
    const { layout, jobs, jobId, ready, planId } = home();
    await ready();
    const sheet = join(layout.storyboard('a', planId(), 'scripted'), '0.jpg');
    rmSync(sheet);
    jobs.retry(jobId);
    await ready();
    expect(existsSync(sheet)).toBe(true);
  });

  it('is not made where no picture is whole', async () => {
    const worker = new ScriptedWorker(3, [picture(360, 3, 'encoded'), sound(0, 3, 'encoded')]);
    const opened = openHome();
    const jobs = opened.jobs(worker);
    opened.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a', settings: { ladder: 'on-demand' } });
    jobs.start();
    await opened.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.log).not.toContain('storyboard');
  });

  it('counts as bytes of its video', async () => {
    const { store, ready, planId } = home();
    await ready();
    const [before] = store.usage.byVideo(1);
    store.storyboards.put(planId(), { ...scripted, sheetBytes: [1000, 5] });
    const [after] = store.usage.byVideo(1);
    expect((after?.renditionBytes ?? 0) - (before?.renditionBytes ?? 0)).toBe(1000);
    expect(store.usage.total().renditionBytes).toBe(after?.renditionBytes);
  });

  it('of which the row was never written is swept, and made', async () => {
    const opened = home();
    const { worker, layout, jobs, jobId, planId, store } = opened;
    worker.holdAt = ({ task }) => task.kind === 'storyboard';
    await opened.until(() => worker.isHeld);
    const orphan = layout.storyboard('a', planId(), 'orphan');
    mkdirSync(orphan, { recursive: true });
    writeFileSync(join(orphan, '0.jpg'), 'sheet');
    await jobs.stop();
    store.close();

    const next = openDaemon(layout);
    const nextJobs = next.jobs(encodedEpisode(3));
    await nextJobs.recover();
    expect(existsSync(orphan)).toBe(false);
    nextJobs.start();
    await next.until(() => nextJobs.view(jobId)?.status === 'completed');
    const found = next.store.jobs.find(jobId)?.planId ?? '';
    expect(next.store.storyboards.ofPlan(found)).toEqual(scripted);
  });
});
