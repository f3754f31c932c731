import { describe, expect, it } from 'vitest';
import { openDaemon, openHome } from './scripted-episode.js';
import { encodedEpisode } from './scripted-worker.js';

/** An hour around now, whenever the test runs. */
function quietNow() {
  const minute = new Date().getHours() * 60 + new Date().getMinutes();
  return { from: (minute + 1380) % 1440, to: (minute + 60) % 1440 };
}

describe('in quiet hours', () => {
  it('the beginning is made and what a viewer waits for; the rest waits', async () => {
    const home = openHome();
    const worker = encodedEpisode(30);
    const jobs = home.jobs(worker, undefined, { quietHours: quietNow() });
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.playable);
    const mayRun = () => home.open(jobId).some((task) => /^running|^queued [01]/.test(task));
    await home.until(() => !mayRun());
    expect(worker.made.filter((name) => name.startsWith('720p'))).toEqual(['720p/0']);
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 18);
    await home.until(() => home.store.segments.find(wanted.id, 19));
    await home.until(() => !mayRun());
    expect(home.store.segments.ofRendition(wanted.id).map(({ number }) => number)).toEqual([
      ...[0, 18, 19],
    ]);
    expect(jobs.work.view()).toMatchObject({ state: 'quiet' });
  });
});

describe('a pause of everything', () => {
  it('gives back what runs and lets nothing begin, not even for a viewer', async () => {
    const home = openHome();
    const worker = encodedEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode' && task.firstSegment === 1;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.isHeld);
    await home.until(() => jobs.view(jobId)?.estimatedCompletion);
    expect(jobs.work.pause()).toEqual({ state: 'paused', until: null });
    await home.until(() => !home.open(jobId).some((task) => task.startsWith('running')));
    const begun = worker.log.length;
    jobs.demand(home.rendition(jobId, '360p').id, 18);
    home.addVideo('b');
    jobs.submit({ videoId: 'b' });
    expect(worker.log).toHaveLength(begun);
    expect(jobs.view(jobId)).toMatchObject({ status: 'processing', estimatedCompletion: null });
    worker.holdAt = () => false;
    expect(jobs.work.resume().state).toBe('running');
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(home.store.tasks.ofJob(jobId).every(({ failures }) => failures === 0)).toBe(true);
  });

  it('holds for the next daemon of this home too', async () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    jobs.work.pause();
    await jobs.stop();
    const next = openDaemon(home.layout).jobs(encodedEpisode(3));
    expect(next.work.view().state).toBe('paused');
    next.work.resume();
    expect(next.work.view().state).toBe('running');
  });
});

describe('draining', () => {
  it('lets what runs come to its end, begins nothing and says when it is over', async () => {
    const home = openHome();
    const worker = encodedEpisode(30);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 3;
    let isDrained = false;
    const onDrained = () => {
      isDrained = true;
      home.bus.emit('work');
    };
    const jobs = home.jobs(worker, undefined, { onDrained });
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.isHeld);
    expect(jobs.work.drain().state).toBe('draining');
    expect(isDrained).toBe(false);
    const begun = worker.log.length;
    worker.releaseAll();
    await home.until(() => isDrained);
    expect(worker.log).toHaveLength(begun);
    expect(worker.made).toContain('720p/8');
    expect(home.open(jobId).some((task) => task.startsWith('running'))).toBe(false);
  });

  it('is over at once when nothing runs', async () => {
    const home = openHome();
    await new Promise<void>((onDrained) => {
      const jobs = home.jobs(encodedEpisode(3), undefined, { onDrained });
      jobs.start();
      jobs.work.drain();
    });
  });
});
