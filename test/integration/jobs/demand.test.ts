import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KdramaError } from '../../../src/shared/errors.js';
import type { Publication, Task, TaskPorts, TaskResult } from '../../../src/daemon/worker/task.js';
import { openHome } from './scripted-episode.js';
import { encodedEpisode, picture, ScriptedWorker, sound } from './scripted-worker.js';

/** An encoded episode whose first chunk after the beginning stands still at its first segment. */
async function heldEpisode(segments: number, worker = encodedEpisode(segments)) {
  const home = openHome();
  worker.holdAt = ({ task, before }) =>
    task.kind === 'encode' && task.firstSegment === 1 && before === 1;
  const jobs = home.jobs(worker);
  home.addVideo('a');
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  await home.until(() => worker.isHeld);
  return { home, worker, jobs, jobId };
}

/** The same of 30 segments, standing before its second one, which is nearly made by the pace of the first. */
async function nearlyMade(worker?: ScriptedWorker) {
  const episode = await heldEpisode(30, worker);
  const { home, jobId } = episode;
  const wanted = home.rendition(jobId, '360p');
  episode.worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 2;
  episode.worker.release();
  await home.until(() => home.store.segments.find(wanted.id, 1) && episode.worker.isHeld);
  return { ...episode, wanted };
}

/** Its disk fails when it is to write this segment, the first time. */
class FailsOnceAt extends ScriptedWorker {
  #hasFailed = false;

  constructor(
    private readonly number: number,
    { segments, renditions }: ScriptedWorker,
  ) {
    super(segments, renditions);
  }

  protected override script(task: Task, ports: TaskPorts): Promise<TaskResult> {
    const publish = async (batch: readonly Publication[]) => {
      const isIt = batch.some(({ number }) => number === this.number);
      if (!isIt || this.#hasFailed) return ports.publish(batch);
      this.#hasFailed = true;
      throw new KdramaError('TRANSCODE_FAILED', 'made to fail');
    };
    return super.script(task, { ...ports, publish });
  }
}

describe('a viewer who waits for a segment', () => {
  it('gets it before everything else, in the wanted rendition only', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const wanted = home.rendition(jobId, '360p');
    const published = home.until(() => home.store.segments.find(wanted.id, 18));
    worker.log.length = 0;
    jobs.demand(wanted.id, 18);
    await published;
    expect(worker.log[0]).toBe('encode 18+2 360p');
    expect(worker.made).not.toContain('720p/18');
  });

  it('gets sound that has to be encoded beside the picture, not behind it', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const [shown, heard] = ['360p', 'audio-0'].map((name) => home.rendition(jobId, name));
    worker.holdAt = ({ task }) => task.kind === 'encode';
    jobs.demand(shown!.id, 18);
    await home.until(() => home.open(jobId).includes('running 0 encode 18+2 of 1'));
    jobs.demand(heard!.id, 18);
    await home.until(() => home.store.segments.find(heard!.id, 18));
    expect(home.open(jobId)).toContain('running 0 encode 18+2 of 1');
    expect(worker.log).toContain('audio 18+2 audio-0');
  });

  it('gets a slot for that sound where others have all of its lane', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const heard = home.rendition(jobId, 'audio-0');
    worker.holdAt = ({ task }) => task.kind === 'probe';
    for (const videoId of ['b', 'c']) {
      home.addVideo(videoId);
      jobs.submit({ videoId });
    }
    await home.until(() => worker.log.filter((line) => line === 'probe').length === 3);
    jobs.demand(heard.id, 18);
    await home.until(() => home.store.segments.find(heard.id, 18));
    expect(worker.log).toContain('audio 18+2 audio-0');
  });

  it('makes the least important task give way, which loses nothing and spends no attempt', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const wanted = home.rendition(jobId, '360p');
    jobs.demand(wanted.id, 18);
    worker.holdAt = () => false;
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made.length).toBe(new Set(worker.made).size);
    expect(home.store.tasks.ofJob(jobId).every(({ failures }) => failures === 0)).toBe(true);
  });

  it('waits for the segment that is nearly made, and for no other', async () => {
    const { home, worker, jobs, jobId, wanted } = await nearlyMade();
    jobs.demand(wanted.id, 18);
    worker.releaseAll();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    const order = ['360p/2', '360p/18', '360p/3'].map((segment) => worker.made.indexOf(segment));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(worker.made.length).toBe(new Set(worker.made).size);
  });

  it('waits for one that fails by itself meanwhile: that has spent an attempt', async () => {
    const failing = new FailsOnceAt(2, encodedEpisode(30));
    const { home, worker, jobs, jobId, wanted } = await nearlyMade(failing);
    jobs.demand(wanted.id, 18);
    worker.releaseAll();
    await home.until(() => home.store.segments.find(wanted.id, 18));
    const failures = home.store.tasks.ofJob(jobId).map((task) => task.failures);
    expect(Math.max(...failures)).toBe(1);
  });

  it('waits half a second for what seemed to be', async () => {
    const { home, worker, jobs, wanted } = await nearlyMade();
    jobs.demand(wanted.id, 18);
    await home.until(() => home.store.segments.find(wanted.id, 18));
    expect(worker.made).not.toContain('360p/2');
  });

  it('may ask as often as he likes: nothing is cut again', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 10);
    await home.until(() => worker.log.includes('encode 10+2 720p'));
    const after = home.open(jobId);
    for (let time = 0; time < 5; time++) jobs.demand(wanted.id, 10);
    jobs.demand(wanted.id, 11);
    expect(home.open(jobId)).toEqual(after);
    expect(worker.log.filter((line) => line === 'encode 10+2 720p')).toHaveLength(1);
  });

  it('never stops what another viewer waits for', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 10);
    await home.until(() => home.open(jobId).includes('running 0 encode 10+2 of 1'));
    jobs.demand(wanted.id, 25);
    jobs.demand(wanted.id, 26);
    const waiting = home.open(jobId).filter((task) => task.includes(' 0 encode'));
    expect(waiting.toSorted()).toEqual(['queued 0 encode 25+2 of 1', 'running 0 encode 10+2 of 1']);
    worker.holdAt = ({ task }) => task.kind === 'encode' && task.firstSegment === 25;
    worker.release();
    await home.until(() => home.open(jobId).includes('running 0 encode 25+2 of 1'));
    expect(worker.made.filter((segment) => segment === '720p/10')).toHaveLength(1);
  });

  it('is not kept from it by one who has a segment and does not ask for the next', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 11;
    const wanted = home.rendition(jobId, '720p');
    const leave = jobs.demand(wanted.id, 10);
    await home.until(() => home.store.segments.find(wanted.id, 10) && worker.isHeld);
    leave();
    jobs.demand(wanted.id, 25);
    // The next of the first is made for as long as he may be about to ask for it.
    expect(home.open(jobId)).toContain('queued 0 encode 25+2 of 1');
    await home.until(() => home.store.segments.find(wanted.id, 25));
    expect(worker.made).not.toContain('720p/11');
  });

  it('gets it in his turn, before those who began to wait later, wherever that is', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(60);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 44);
    await home.until(() => home.open(jobId).includes('running 0 encode 44+2 of 1'));
    jobs.demand(wanted.id, 28);
    const since = Date.now();
    while (Date.now() === since);
    jobs.demand(wanted.id, 12);
    // Who waits already does not lose his turn by asking again.
    jobs.demand(wanted.id, 29);
    worker.releaseAll();
    await home.until(() => home.store.segments.find(wanted.id, 12));
    const parts = worker.log.filter((line) => /encode (12|28)\+/.test(line));
    expect(parts).toEqual(['encode 28+2 720p', 'encode 12+2 720p']);
  });

  it('is not held up by the part that was cut out for him where he was before', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const wanted = home.rendition(jobId, '720p');
    const leave = jobs.demand(wanted.id, 10);
    // Where he only passed by.
    jobs.demand(wanted.id, 14)();
    await home.until(() => home.open(jobId).includes('running 0 encode 10+2 of 1'));
    leave();
    worker.holdAt = () => false;
    worker.log.length = 0;
    jobs.demand(wanted.id, 25);
    await home.until(() => home.store.segments.find(wanted.id, 25));
    expect(worker.log[0]).toBe('encode 25+2 720p');
    expect(worker.made).not.toContain('720p/10');
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made.length).toBe(new Set(worker.made).size);
  });

  /** One waits for what runs and is told to ask again; then another one waits for something else. */
  async function toldToComeBack() {
    const episode = await heldEpisode(30);
    const { home, worker, jobs, jobId } = episode;
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const wanted = home.rendition(jobId, '720p');
    const leave = jobs.demand(wanted.id, 10);
    await home.until(() => home.open(jobId).includes('running 0 encode 10+2 of 1'));
    leave(true);
    jobs.demand(wanted.id, 25);
    return { ...episode, wanted };
  }

  it('is one who waits, too, while he has been told to ask again', async () => {
    const { home, worker, jobId, wanted } = await toldToComeBack();
    expect(home.open(jobId)).toContain('running 0 encode 10+2 of 1');
    worker.holdAt = () => false;
    worker.releaseAll();
    await home.until(() => home.store.segments.find(wanted.id, 25));
    expect(worker.log.filter((line) => line === 'encode 10+2 720p')).toHaveLength(1);
  });

  it('keeps nobody from anything once he does not come back', async () => {
    const { home, worker, jobId } = await toldToComeBack();
    await home.until(() => home.open(jobId).includes('running 0 encode 25+2 of 1'));
    expect(worker.made).not.toContain('720p/10');
    expect(home.open(jobId)).toContain('queued 2 encode 10+2 of 1');
  });

  it('gets what the running chunk makes next though another one waits for a later part of it', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const wanted = home.rendition(jobId, '360p');
    worker.log.length = 0;
    const leave = jobs.demand(wanted.id, 1);
    jobs.demand(wanted.id, 5);
    expect(home.open(jobId)).toContain('running 2 encode 1+8 of 2');
    // It stands still behind what the first one wanted, until it is stopped for the second.
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 2;
    worker.release();
    await home.until(() => home.store.segments.find(wanted.id, 1) && worker.isHeld);
    expect(worker.log).toEqual([]);
    leave();
    await home.until(() => home.store.segments.find(wanted.id, 5));
    expect(worker.log[0]).toBe('encode 5+2 360p');
    expect(worker.made.filter((segment) => segment === '360p/1')).toHaveLength(1);
  });

  it('who has the init segment and goes elsewhere does not wait for the beginning', async () => {
    const home = openHome();
    const worker = encodedEpisode(30);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 0;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.isHeld);
    const wanted = home.rendition(jobId, '720p');
    const leave = jobs.demand(wanted.id, -1);
    await home.until(() => home.open(jobId).includes('queued 0 encode 0+1 of 1'));
    home.store.renditions.initPublished(wanted.id, 700);
    leave();
    expect(home.open(jobId)).not.toContain('queued 0 encode 0+1 of 1');
  });

  /** One waits for what the running chunk makes next, another one for something else. */
  async function twoViewers() {
    const episode = await heldEpisode(30);
    const { home, worker, jobs, jobId } = episode;
    const wanted = home.rendition(jobId, '360p');
    const before = worker.log.length;
    const leave = jobs.demand(wanted.id, 1);
    jobs.demand(wanted.id, 18);
    expect(home.open(jobId)).toContain('running 2 encode 1+8 of 2');
    return { ...episode, wanted, leave, nextRun: () => worker.log[before] };
  }

  it('does not disturb the task that makes it next, but keeps others from doing so', async () => {
    const { home, worker, wanted, leave, nextRun } = await twoViewers();
    // It stands still behind what the first one wanted.
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 2;
    worker.release();
    await home.until(() => home.store.segments.find(wanted.id, 1) && worker.isHeld);
    expect(nextRun()).toBeUndefined();
    leave();
    await home.until(() => home.store.segments.find(wanted.id, 18));
    expect(nextRun()).toBe('encode 18+2 360p');
    expect(worker.made.filter((segment) => segment === '360p/1')).toHaveLength(1);
    expect(worker.made).not.toContain('360p/2');
  });

  it('is not forgotten when he asks for the next while its task is being stopped for another one', async () => {
    const { home, worker, jobs, wanted, leave } = await twoViewers();
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 2;
    worker.release();
    await home.until(() => home.store.segments.find(wanted.id, 1) && worker.isHeld);
    leave();
    jobs.demand(wanted.id, 2);
    worker.holdAt = () => false;
    await home.until(() => home.store.segments.find(wanted.id, 2));
    expect(worker.log).toContain('encode 2+2 360p');
  });

  it('has the second segment of what was cut out for him by the same run, whoever waits', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(60);
    worker.holdAt = ({ task, before }) =>
      task.kind === 'encode' && [12, 13].includes(before as number);
    const wanted = home.rendition(jobId, '720p');
    const leave = jobs.demand(wanted.id, 12);
    await home.until(() => worker.log.includes('encode 12+2 720p') && worker.isHeld);
    jobs.demand(wanted.id, 28);
    worker.release();
    await home.until(() => home.store.segments.find(wanted.id, 12) && worker.isHeld);
    leave();
    worker.releaseAll();
    await home.until(() => [13, 28].every((number) => home.store.segments.find(wanted.id, number)));
    const runs = worker.log.filter((line) => /^encode 1[23]\+/.test(line));
    expect(runs).toEqual(['encode 12+2 720p']);
  });

  it('keeps nobody from anything once he has left', async () => {
    const { home, worker, wanted, leave, nextRun } = await twoViewers();
    leave();
    await home.until(() => home.store.segments.find(wanted.id, 18));
    expect(nextRun()).toBe('encode 18+2 360p');
    expect(worker.made).not.toContain('360p/1');
  });

  it('for the end of the very chunk that runs gets it by itself, first', async () => {
    const { home, worker, jobs, jobId } = await heldEpisode(30);
    const wanted = home.rendition(jobId, '720p');
    worker.log.length = 0;
    jobs.demand(wanted.id, 4);
    await home.until(() => home.store.segments.find(wanted.id, 4));
    expect(worker.log[0]).toBe('encode 4+2 720p');
    worker.holdAt = () => false;
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made.length).toBe(new Set(worker.made).size);
  });

  it('of a paused, cancelled or complete job, or for what is there, changes nothing', async () => {
    const { home, jobs, jobId } = await heldEpisode(30);
    const wanted = home.rendition(jobId, '360p');
    const before = home.open(jobId);
    jobs.demand(wanted.id, 0);
    jobs.demand(wanted.id, -1);
    jobs.demand('nothing', 0);
    expect(home.open(jobId)).toEqual(before);
    jobs.pause(jobId);
    await home.until(() => !home.open(jobId).some((task) => task.startsWith('running')));
    const paused = home.open(jobId);
    jobs.demand(wanted.id, 18);
    expect(home.open(jobId)).toEqual(paused);
  });
});

describe('a viewer of a copied episode', () => {
  async function heldCopy() {
    const home = openHome();
    const worker = new ScriptedWorker(100, [picture(1080, 100, 'copied'), sound(0, 100, 'copied')]);
    worker.holdAt = ({ task, before }) =>
      task.kind === 'copy' && task.firstSegment === 0 && before === 10;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.made.includes('audio-0/9') && home.rendition(jobId, '1080p'));
    const wanted = home.rendition(jobId, '1080p');
    return { home, worker, jobs, jobId, wanted };
  }

  it('waits for the one run that is about to get there', async () => {
    const { home, jobs, jobId, wanted } = await heldCopy();
    const before = home.open(jobId).filter((task) => task.includes('copy'));
    jobs.demand(wanted.id, 29);
    expect(home.open(jobId).filter((task) => task.includes('copy'))).toEqual(before);
  });

  it('gets a second run when the first is far behind; both together publish each segment once', async () => {
    const { home, worker, jobs, jobId, wanted } = await heldCopy();
    jobs.demand(wanted.id, 60);
    jobs.demand(wanted.id, 61);
    await home.until(() => home.store.segments.find(wanted.id, 79));
    await home.until(() => !home.open(jobId).includes('running 0 copy 60+20 of 2'));
    expect(home.open(jobId)).toContain('running 1 copy 0+100 of 2');
    expect(worker.log).toContain('copy 60+20 1080p,audio-0');
    const path = join(home.layout.rendition('a', wanted.planId, '1080p', 1), '60.m4s');
    const { ino } = statSync(path);
    worker.releaseAll();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    // The first run made it too: what a URL has once named stays the very same file.
    expect(worker.made.filter((segment) => segment === '1080p/60')).toHaveLength(2);
    expect(statSync(path).ino).toBe(ino);
    expect(home.store.segments.summary(wanted.id).count).toBe(100);
  });
});
