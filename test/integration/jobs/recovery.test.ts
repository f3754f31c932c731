import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDaemon, openHome } from './scripted-episode.js';
import { encodedEpisode } from './scripted-worker.js';

/** A daemon that stands in the middle of a chunk, and its successor on the same home. */
async function deadDaemon(segments = 5) {
  const home = openHome();
  const worker = encodedEpisode(segments);
  worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 3;
  const dying = home.jobs(worker);
  home.addVideo('a');
  const { jobId } = dying.submit({ videoId: 'a' });
  dying.start();
  await home.until(() => worker.made.includes('720p/2') && home.open(jobId).length > 0);
  await home.until(() => home.store.segments.find(home.rendition(jobId, '720p').id, 2));
  const { planId } = home.rendition(jobId, '720p');
  const next = openDaemon(home.layout);
  return { home, next, jobId, planId, layout: home.layout };
}

describe('a daemon that starts after one that was killed', () => {
  it('goes on with the next segment: nothing that is published is made again', async () => {
    const { next, jobId, layout } = await deadDaemon();
    const worker = encodedEpisode(5);
    const jobs = next.jobs(worker);
    await jobs.recover();
    expect(readdirSync(layout.attempts)).toEqual([]);
    expect(next.store.tasks.running()).toEqual([]);
    expect(next.open(jobId)).toContain('queued 2 encode 3+2 of 2');
    jobs.start();
    await next.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made.filter((segment) => segment.startsWith('720p'))).toEqual([
      '720p/3',
      '720p/4',
    ]);
    expect(worker.log).not.toContain('probe');
  });

  it('does not know any more who waited for what: they ask again', async () => {
    const { home, next, jobId } = await deadDaemon(30);
    const waiting = home.store.tasks
      .ofJob(jobId)
      .find(({ kind, state }) => kind === 'encode' && state === 'queued');
    home.store.tasks.demand(waiting?.id ?? 0, 1);
    const words = () => next.open(jobId).filter((task) => task.startsWith('queued 0'));
    expect(words()).toHaveLength(1);
    await next.jobs(encodedEpisode(30)).recover();
    expect(words()).toEqual([]);
  });

  it('accepts nothing more from the attempts of the dead one', async () => {
    const { home, next, jobId } = await deadDaemon();
    const jobs = next.jobs(encodedEpisode(5));
    await jobs.recover();
    const [dead] = home.store.tasks.ofJob(jobId).filter(({ kind }) => kind === 'encode');
    expect(home.store.tasks.published({ id: dead?.id ?? 0, attempt: 'the dead one' })).toBe(false);
  });

  it('removes files that no row names and keeps those that rows name', async () => {
    const { next, planId, layout } = await deadDaemon();
    const renditions = layout.rendition('a', planId, '720p', 1);
    writeFileSync(join(renditions, '4.m4s'), 'renamed, but its row was never written');
    const [dropped, other] = [
      layout.rendition('a', planId, '360p', 7),
      join(layout.plan('a', planId), 'mine'),
    ];
    for (const directory of [dropped, other]) mkdirSync(directory);
    writeFileSync(layout.metadata('a'), '{}');
    const [orphan, finished] = ['0rphan00000000', '0rphan00000001'];
    for (const id of [orphan, finished, 'my-films']) mkdirSync(layout.video(id));
    writeFileSync(layout.metadata(finished), '{}');
    const jobs = next.jobs(encodedEpisode(5));
    await jobs.recover();
    expect(readdirSync(renditions).toSorted()).toEqual(['0.m4s', '1.m4s', '2.m4s', 'init.mp4']);
    expect([dropped, other].map((directory) => existsSync(directory))).toEqual([false, true]);
    expect(existsSync(layout.video(orphan))).toBe(false);
    // What a lost database knew, and what is not ours.
    expect(existsSync(layout.video(finished))).toBe(true);
    expect(existsSync(layout.video('my-films'))).toBe(true);
    expect(existsSync(layout.source('a'))).toBe(true);
    expect(existsSync(layout.metadata('a'))).toBe(true);
  });

  it.each([
    ['is missing', (path: string) => rmSync(path)],
    ['is cut off', (path: string) => truncateSync(path, 2)],
  ])('makes a segment again whose file %s', async (_, damage) => {
    const { next, jobId, planId, layout } = await deadDaemon();
    damage(join(layout.rendition('a', planId, '360p', 1), '1.m4s'));
    damage(join(layout.rendition('a', planId, '720p', 1), 'init.mp4'));
    const worker = encodedEpisode(5);
    const jobs = next.jobs(worker);
    await jobs.recover();
    expect(jobs.view(jobId)?.playable).toBe(true);
    jobs.start();
    await next.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made).toEqual(expect.arrayContaining(['360p/1', '720p/0']));
    expect(worker.made).not.toContain('360p/0');
    expect(existsSync(join(layout.rendition('a', planId, '720p', 1), 'init.mp4'))).toBe(true);
  });

  it('leaves rows alone while the disk with the videos is away', async () => {
    const { next, jobId, layout } = await deadDaemon();
    const jobs = next.jobs(encodedEpisode(5));
    const before = jobs.view(jobId)?.renditions;
    rmSync(layout.video('a'), { recursive: true });
    await jobs.recover();
    expect(jobs.view(jobId)?.renditions).toEqual(before);
    jobs.start();
    const waiting = await next.until(() =>
      next.store.tasks.ofJob(jobId).find(({ notBefore }) => notBefore > Date.now()),
    );
    expect(waiting).toMatchObject({ state: 'queued', failures: 0 });
  });

  it('fails a task as poison after five deaths in a row without a new segment', async () => {
    const { layout, jobId } = await deadDaemon();
    for (let death = 1; death <= 5; death++) {
      const daemon = openDaemon(layout);
      const worker = encodedEpisode(5);
      worker.holdAt = ({ task }) => task.kind === 'encode';
      const jobs = daemon.jobs(worker);
      await jobs.recover();
      const status = jobs.view(jobId)?.status;
      expect(status).toBe(death < 5 ? 'processing' : 'failed');
      jobs.start();
      if (death < 5) await daemon.until(() => daemon.store.tasks.running().some(isEncode));
    }
  });

  it('counts deaths anew when something was published in between', async () => {
    const { next, jobId } = await deadDaemon(12);
    const worker = encodedEpisode(12);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 4;
    const jobs = next.jobs(worker);
    await jobs.recover();
    const deaths = () => next.store.tasks.ofJob(jobId).map((task) => task.deaths);
    expect(Math.max(...deaths())).toBe(1);
    jobs.start();
    await next.until(() => next.store.segments.find(next.rendition(jobId, '720p').id, 3));
    expect(Math.max(...deaths())).toBe(0);
  });
});

function isEncode({ kind }: { kind: string }): boolean {
  return kind === 'encode';
}
