import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Jobs } from '../../../src/daemon/jobs/service.js';
import { openDaemon, openHome } from './scripted-episode.js';
import { encodedEpisode, picture, ScriptedWorker, sound } from './scripted-worker.js';

function completed(jobs: Jobs) {
  const query = { states: ['completed' as const], videoId: null, reader: null, after: null };
  return jobs.page({ ...query, limit: 100 });
}

describe('what runs next', () => {
  it('is the beginning of every episode before the rest of any, each poster behind its own', async () => {
    const home = openHome();
    const worker = encodedEpisode(9);
    const jobs = home.jobs(worker);
    for (const id of ['a', 'b']) jobs.submit({ videoId: home.addVideo(id) });
    jobs.start();
    await home.until(() => completed(jobs).length === 2);
    const cpu = worker.log.filter((line) => /^(encode|audio|poster)/.test(line));
    const ranks = cpu.map((line) => (line.includes(' 0+1 ') ? 1 : 2));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(cpu.slice(-2)).toEqual(['poster', 'poster']);
  });

  it('finishes an important job, poster and all, before the rest of the others', async () => {
    const home = openHome();
    const worker = encodedEpisode(9);
    worker.holdAt = ({ task }) => task.kind === 'probe';
    const jobs = home.jobs(worker);
    const other = jobs.submit({ videoId: home.addVideo('other') }).jobId;
    const { jobId } = jobs.submit({ videoId: home.addVideo('important'), priority: 'high' });
    jobs.start();
    await home.until(() => worker.log.length === 2);
    const ended: string[] = [];
    home.bus.on('job', () => {
      for (const { jobId: id } of completed(jobs)) {
        if (!ended.includes(id)) ended.push(id);
      }
    });
    worker.releaseAll();
    await home.until(() => ended.length === 2);
    expect(ended).toEqual([jobId, other]);
  });

  it('follows the priority of jobs, also when it is changed while they wait', async () => {
    const home = openHome();
    const { store } = home;
    const jobs = home.jobs(encodedEpisode(3));
    jobs.submit({ videoId: home.addVideo('low'), priority: 'low' });
    const { jobId } = jobs.submit({ videoId: home.addVideo('late') });
    jobs.submit({ videoId: home.addVideo('high'), priority: 'high' });
    expect(jobs.setPriority(jobId, 'high').priority).toBe('high');
    const order = [1, 2, 3].map(
      (n) => store.tasks.claim(['io'], `attempt-${n}`, Date.now())?.jobId,
    );
    expect(order.map((id) => store.jobs.find(id ?? '')?.videoId)).toEqual(['late', 'high', 'low']);
  });

  it('is never a task of a paused job, nor one that backs off', () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    const { jobId } = jobs.submit({ videoId: home.addVideo('a') });
    jobs.pause(jobId);
    expect(home.store.tasks.claim(['io'], 'x', Date.now())).toBeUndefined();
    jobs.resume(jobId);
    expect(home.store.tasks.claim(['cpu'], 'x', Date.now())).toBeUndefined();
    const task = home.store.tasks.claim(['io'], 'x', 1000);
    const outcome = { failures: 1, deaths: 0, error: null, notBefore: 5000 };
    home.store.tasks.end({ id: task?.id ?? 0, attempt: 'x' }, { ...outcome, state: 'queued' });
    expect(home.store.tasks.claim(['io'], 'y', 4999)).toBeUndefined();
    expect(home.store.tasks.nextDue(1000)).toBe(5000);
    expect(home.store.tasks.claim(['io'], 'y', 5000)?.id).toBe(task?.id);
  });

  it('is claimed by one only, however many ask', () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    for (let n = 0; n < 100; n++) jobs.submit({ videoId: home.addVideo(`video-${n}`) });
    const other = openDaemon(home.layout);
    const claimed = Array.from({ length: 102 }, (_, n) =>
      (n % 2 === 0 ? home : other).store.tasks.claim(['io'], `attempt-${n}`, Date.now()),
    ).flatMap((task) => task?.id ?? []);
    expect(new Set(claimed).size).toBe(100);
    expect(claimed).toHaveLength(100);
  });

  it('belongs to the attempt that claimed it: others cannot end it', () => {
    const home = openHome();
    home.jobs(encodedEpisode(3)).submit({ videoId: home.addVideo('a') });
    const id = home.store.tasks.claim(['io'], 'mine', Date.now())?.id ?? 0;
    const done = { state: 'done', failures: 0, deaths: 0, error: null, notBefore: 0 } as const;
    expect(home.store.tasks.end({ id, attempt: 'theirs' }, done)).toBe(false);
    expect(home.store.tasks.end({ id, attempt: 'mine' }, done)).toBe(true);
    expect(home.store.tasks.end({ id, attempt: 'mine' }, done)).toBe(false);
  });
});

it('the progress of a job is a high-water mark', () => {
  const home = openHome();
  const { jobId } = home.jobs(encodedEpisode(3)).submit({ videoId: home.addVideo('a') });
  expect(home.store.jobs.raiseProgress(jobId, 50)).toBe(true);
  expect(home.store.jobs.raiseProgress(jobId, 20)).toBe(false);
  expect(home.store.jobs.find(jobId)?.progress).toBe(50);
});

describe('sound that is copied beside a picture that is encoded', () => {
  async function heldPicture() {
    const home = openHome();
    const worker = new ScriptedWorker(9, [picture(360, 9, 'encoded'), sound(0, 9, 'copied')]);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const jobs = home.jobs(worker);
    const { jobId } = jobs.submit({ videoId: home.addVideo('a') });
    jobs.start();
    await home.until(() => worker.isHeld && worker.made.includes('audio-0/0'));
    return {
      home,
      worker,
      jobs,
      jobId,
      made: () => worker.made.filter((each) => each.startsWith('audio')),
    };
  }

  it('has its beginning at once, and leaves the machine to the first picture then', async () => {
    const { home, worker, jobs, jobId, made } = await heldPicture();
    jobs.submit({ videoId: home.addVideo('b') });
    await home.until(() => made().length > 1);
    // Of each.
    expect(made()).toEqual(['audio-0/0', 'audio-0/0']);
    worker.holdAt = ({ task }) => task.kind === 'encode' && task.firstSegment === 1;
    worker.release();
    await home.until(() => made().length > 2);
    expect(jobs.view(jobId)?.playable).toBe(true);
  });

  it('does not wait for it for ever', async () => {
    const { home, made } = await heldPicture();
    await home.until(() => made().length === 9);
  });

  it('is stopped while it waits', async () => {
    const { home, jobs, jobId, made } = await heldPicture();
    jobs.pause(jobId);
    await home.until(() => !home.open(jobId).some((task) => task.startsWith('running')));
    expect(made()).toEqual(['audio-0/0']);
  });
});

describe('a picture that is encoded beside one that is copied', () => {
  async function heldCopy() {
    const home = openHome();
    const pictures = [picture(1080, 9, 'copied'), picture(360, 9, 'encoded')];
    const worker = new ScriptedWorker(9, [...pictures, sound(0, 9, 'copied')]);
    worker.holdAt = ({ task }) => task.kind === 'copy';
    const jobs = home.jobs(worker);
    const { jobId } = jobs.submit({ videoId: home.addVideo('a') });
    jobs.start();
    const isClaimed = () => home.open(jobId).some((task) => /^running . encode/.test(task));
    await home.until(() => worker.isHeld && isClaimed());
    const begun = () => worker.log.filter((line) => line.startsWith('encode'));
    return { home, worker, jobs, jobId, begun };
  }

  it('leaves the machine to it until that can be played', async () => {
    const { home, worker, jobs, jobId, begun } = await heldCopy();
    expect(begun()).toEqual([]);
    worker.holdAt = ({ task, before }) => task.kind === 'copy' && before === 1;
    worker.release();
    await home.until(() => begun().length > 0);
    expect(jobs.view(jobId)?.playable).toBe(true);
  });

  it('does not wait for it where a viewer waits for what is encoded', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { home, jobs, jobId, begun } = await heldCopy();
    jobs.demand(home.rendition(jobId, '360p').id, 0);
    await home.until(() => begun().length > 0);
  });

  it('does not wait for it for ever', async () => {
    const { home, jobs, jobId, begun } = await heldCopy();
    await home.until(() => begun().length > 0);
    expect(jobs.view(jobId)?.playable).toBe(false);
  });

  it('is stopped while it waits', async () => {
    const { home, jobs, jobId, begun } = await heldCopy();
    jobs.pause(jobId);
    await home.until(() => !home.open(jobId).some((task) => task.startsWith('running')));
    expect(begun()).toEqual([]);
  });
});

describe('an episode that becomes playable while another is encoded', () => {
  it('does not wait for the encode: what mostly reads has its own lane', async () => {
    const home = openHome();
    const worker = encodedEpisode(9);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const jobs = home.jobs(worker);
    jobs.submit({ videoId: home.addVideo('a') });
    jobs.start();
    await home.until(() => worker.log.some((line) => line.startsWith('encode')));
    const { jobId } = jobs.submit({ videoId: home.addVideo('b') });
    await home.until(() => (jobs.view(jobId)?.renditions.length ?? 0) > 0);
    expect(jobs.view(jobId)).toMatchObject({ status: 'queued', stage: 'planning' });
  });

  it('stops the rest of the other, which goes on later with what it had kept', async () => {
    const home = openHome();
    const worker = encodedEpisode(9);
    const isRest = (before: 'start' | number) => before === 3;
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && isRest(before);
    const jobs = home.jobs(worker);
    const first = jobs.submit({ videoId: home.addVideo('a') });
    jobs.start();
    await home.until(() => worker.isHeld);
    const second = jobs.submit({ videoId: home.addVideo('b') });
    await home.until(() => jobs.view(second.jobId)?.playable);
    expect(home.store.tasks.ofJob(first.jobId).every(({ failures }) => failures === 0)).toBe(true);
    worker.releaseAll();
    await home.until(() => completed(jobs).length === 2);
    const madeTwice = worker.made.filter((each) => each === '360p/1');
    expect(madeTwice).toHaveLength(2); // once for each episode
  });
});
