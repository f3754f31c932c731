import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KdramaError } from '../../../src/shared/errors.js';
import { openHome } from './scripted-episode.js';
import { encodedEpisode, picture, ScriptedWorker, sound } from './scripted-worker.js';

/** Encoded for all players, copied (or encoded as well) for some. */
function hevcEpisode(method: 'copied' | 'encoded' = 'copied'): ScriptedWorker {
  const hevc = picture(360, 3, method);
  const traits = { ...hevc.traits, codecs: 'hvc1.1.6.L93.B0' } as typeof hevc.traits;
  return new ScriptedWorker(3, [
    ...[picture(360, 3, 'encoded'), { ...hevc, name: '360p-hevc', traits }],
    sound(0, 3, 'copied'),
  ]);
}

const everySegment = [
  ...['720p/0', '720p/1', '720p/2', '360p/0', '360p/1', '360p/2'],
  ...['audio-0/0', 'audio-0/1', 'audio-0/2', 'subtitle-0/0'],
];

describe('a job', () => {
  it('goes from submitted to completed with every segment made once and on the disk', async () => {
    const home = openHome();
    const worker = encodedEpisode(3);
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId, created } = jobs.submit({ videoId: 'a' });
    expect(created).toBe(true);
    expect(jobs.view('a')).toMatchObject({ jobId, status: 'submitted', stage: 'probing' });

    jobs.start();
    const done = await home.until(
      () => jobs.view(jobId)?.status === 'completed' && jobs.view(jobId),
    );
    expect(done).toMatchObject({ progress: 100, stage: 'done', playable: true, error: null });
    expect(worker.made.toSorted()).toEqual(everySegment.toSorted());
    for (const rendition of done.renditions) {
      expect(rendition.segmentsDone).toBe(rendition.segments);
    }
    const { planId } = home.store.videos.find('a') ?? {};
    const directory = home.layout.rendition('a', planId ?? '', '360p', 1);
    expect(readdirSync(directory).toSorted()).toEqual(['0.m4s', '1.m4s', '2.m4s', 'init.mp4']);
    expect(readFileSync(join(directory, '1.m4s'), 'utf8')).toBe('360p 1');
    expect(readdirSync(home.layout.attempts)).toEqual([]);
  });

  it('is not playable by a picture that only some players take', async () => {
    const home = openHome();
    const worker = hevcEpisode();
    worker.holdAt = ({ task }) => task.kind === 'encode';
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const copies = () => worker.log.filter((line) => line.startsWith('copy'));
    await home.until(
      () => worker.made.includes('360p-hevc/2') && worker.made.includes('audio-0/2'),
    );
    // Both have a slot: which begins first is a matter of chance.
    expect(copies().toSorted()).toEqual(['copy 0+3 360p-hevc', 'copy 0+3 audio-0']);
    await home.until(() => home.rendition(jobId, '360p-hevc')?.initBytes);
    expect(jobs.view(jobId)?.playable).toBe(false);
    worker.releaseAll();
    await home.until(() => jobs.view(jobId)?.playable);
  });

  it('tells its story as events', async () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    const types = home.store.events.ofJob(jobId).map((event) => event.type);
    expect(types.filter((type) => type !== 'job.progress')).toEqual([
      'job.created',
      'job.planned',
      'video.playable',
      'job.completed',
    ]);
  });

  it('shows itself in each event as that left it', async () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    const events = home.store.events.ofJob(jobId);
    const of = (type: string) => events.find((event) => event.type === type)?.data;
    expect(of('job.created')).toMatchObject({ status: 'submitted', stage: 'probing' });
    expect(of('job.planned')).toMatchObject({ playable: false, stage: 'planning' });
    expect(of('job.planned')?.renditions).toHaveLength(4);
    expect(of('video.playable')).toMatchObject({ playable: true, status: 'processing' });
    expect(events.at(-1)?.data).toEqual(jobs.view(jobId));
  });

  it('tells of each stage, and keeps only the newest progress', async () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    const stages = new Set<string>();
    const kept: number[] = [];
    home.bus.on('event', () => {
      const events = home.store.events.ofJob(jobId);
      stages.add(events.at(-1)?.data.stage ?? '');
      kept.push(events.filter(({ type }) => type === 'job.progress').length);
    });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect([...stages]).toEqual(
      expect.arrayContaining(['probing', 'encoding', 'verifying', 'done']),
    );
    expect(Math.max(...kept)).toBe(1);
  });

  it('is the same one when the same settings are submitted again', () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    home.addVideo('a');
    const first = jobs.submit({ videoId: 'a', jobId: 'mine' });
    expect(jobs.submit({ videoId: 'a', settings: { segmentDurationSeconds: 6 } })).toEqual({
      jobId: first.jobId,
      created: false,
    });
    const other = jobs.submit({ videoId: 'a', settings: { segmentDurationSeconds: 10 } });
    expect(other.created).toBe(true);
    const taken = () =>
      jobs.submit({ videoId: 'a', jobId: 'mine', settings: { topRendition: '360p' } });
    expect(taken).toThrow(expect.objectContaining({ code: 'JOB_STATE_CONFLICT' }));
    expect(() => jobs.submit({ videoId: 'b' })).toThrow(
      expect.objectContaining({ code: 'STREAM_VIDEO_NOT_FOUND' }),
    );
  });

  it('is playable with the first picture and the first default sound, not before', async () => {
    const home = openHome();
    const worker = encodedEpisode(3);
    worker.holdAt = ({ task, before }) => task.kind === 'audio' && before === 0;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const isHeard = () => home.open(jobId).includes('running 1 audio 0+1 of 1');
    await home.until(() => isHeard() && worker.made.includes('360p/0'));
    expect(jobs.view(jobId)).toMatchObject({ playable: false, status: 'processing' });
    const playable = home.until(() => jobs.view(jobId)?.playable);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 1;
    worker.release();
    await playable;
    expect(jobs.view(jobId)?.status).toBe('processing');
    expect(worker.made).not.toContain('360p/1');
  });

  it('shows progress that only rises, and 100 only at the end', async () => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(40));
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    const seen: number[] = [];
    home.bus.on('job', () => seen.push(jobs.view(jobId)?.progress ?? 0));
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.indexOf(100)).toBe(seen.length - 1);
  });
});

describe('a task that fails', () => {
  it('permanently fails its job at once, and the others of it stop', async () => {
    const home = openHome();
    const worker = encodedEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode';
    worker.failAt = ({ task }) => {
      if (task.kind === 'subtitle') throw new KdramaError('STORAGE_FULL');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const failed = await home.until(
      () =>
        home.open(jobId).length === 0 && jobs.view(jobId)?.status === 'failed' && jobs.view(jobId),
    );
    expect(failed.error?.code).toBe('STORAGE_FULL');
    const states = home.store.tasks.ofJob(jobId).map((task) => task.state);
    expect(new Set(states)).toEqual(new Set(['done', 'failed', 'cancelled']));
  });

  it('by itself is tried again later, with what it has published kept', async () => {
    const home = openHome();
    const worker = encodedEpisode(5);
    let failures = 0;
    worker.failAt = ({ task, before }) => {
      if (task.kind === 'encode' && before === 3 && failures++ === 0) throw new Error('no frames');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.log.filter((line) => line.startsWith('encode'))).toEqual([
      'encode 0+1 360p',
      'encode 0+1 720p',
      'encode 1+4 360p,720p',
      'encode 3+2 360p,720p',
    ]);
  });

  it('does so too when it says that it is done and segments are missing', async () => {
    const home = openHome();
    const worker = new ScriptedWorker(3, [picture(360, 4, 'encoded')]);
    worker.liesAt = (task) => task.kind === 'encode';
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const task = await home.until(() =>
      home.store.tasks.ofJob(jobId).find(({ failures }) => failures > 0),
    );
    expect(task).toMatchObject({ state: 'queued', error: { code: 'TRANSCODE_FAILED' } });
  });

  it('three times fails the job, which says what could not be made and why', async () => {
    const home = openHome();
    home.skipBackoff();
    const worker = new ScriptedWorker(3, [picture(360, 3, 'encoded')]);
    worker.failAt = ({ task, before }) => {
      const isMiddle = task.kind === 'encode' && before === 2;
      if (isMiddle) throw new KdramaError('TRANSCODE_FAILED', 'ffmpeg hung: it said: no\n space\n');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const failed = await home.until(
      () => jobs.view(jobId)?.status === 'failed' && jobs.view(jobId),
    );
    expect(failed.error).toEqual({
      code: 'TRANSCODE_FAILED',
      message:
        'Video transcoding failed: segment 2 of 360p failed 3 times, ' +
        'the last time so: ffmpeg hung: it said: no; space',
    });
    // Segment 1 was made the first time and is not made again.
    expect(worker.log.filter((line) => line.startsWith('encode'))).toEqual([
      ...['encode 0+1 360p', 'encode 1+2 360p', 'encode 2+1 360p', 'encode 2+1 360p'],
    ]);
  });

  it('is what its job says until it is made', async () => {
    const home = openHome();
    const worker = new ScriptedWorker(3, [picture(360, 3, 'encoded')]);
    let failures = 0;
    worker.failAt = ({ task, before }) => {
      const isFirst = task.kind === 'encode' && before === 1 && failures++ === 0;
      if (isFirst) throw new KdramaError('TRANSCODE_FAILED', 'ffmpeg hung: no frame for 60 s');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const back = await home.until(() => jobs.view(jobId)?.setback ?? undefined);
    expect(back).toEqual({
      message: 'segments 1 to 2 of 360p: ffmpeg hung: no frame for 60 s',
      ...{ failures: 1, attempts: 3, nextTry: expect.stringMatching(/Z$/) as string },
    });
    expect(home.store.events.newestOf(jobId)?.data.setback).toEqual(back);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(jobs.view(jobId)?.setback).toBeNull();
  });

  it('to make a poster leaves an episode without one', async () => {
    const home = openHome();
    const worker = encodedEpisode(3);
    worker.failAt = ({ task }) => {
      // For good at once: the backoff of three attempts is not what this is about.
      if (task.kind === 'poster') throw new KdramaError('STORAGE_FULL');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(home.store.videos.find('a')?.posterBytes).toBeNull();
  });

  it('to copy what only some players take leaves an episode without that, and with its source', async () => {
    const home = openHome();
    home.skipBackoff();
    const worker = hevcEpisode();
    worker.isWholeCopy = true;
    worker.failAt = ({ task, before }) => {
      const isVariant = 'renditions' in task && task.renditions[0]?.name === '360p-hevc';
      if (isVariant && before === 2) throw new KdramaError('TRANSCODE_FAILED', 'frames differ');
    };
    const jobs = home.jobs(worker);
    home.addVideo('a', 'copied');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const done = await home.until(
      () => jobs.view(jobId)?.status === 'completed' && jobs.view(jobId),
    );
    expect(worker.made).toContain('360p-hevc/0');
    expect(done.renditions.map(({ name }) => name)).toEqual(['360p', 'audio-0']);
    expect(done.renditions[0]?.reason).toBe('scripted, no 360p-hevc: frames differ');
    expect(home.store.videos.find('a')?.sourceState).toBe('kept');
    const { planId } = home.store.videos.find('a') ?? {};
    const directory = home.layout.rendition('a', planId ?? '', '360p-hevc', 1);
    await expect.poll(() => existsSync(directory)).toBe(false);
  });

  it('to make the same parameter sets in all chunks leaves an episode without that rung', async () => {
    const home = openHome();
    home.skipBackoff();
    const worker = hevcEpisode('encoded');
    worker.initOf = ({ name }, firstSegment) => `${name} ${firstSegment}`;
    worker.failAt = ({ task, before }) => {
      const isVariant = 'renditions' in task && task.renditions[0]?.name === '360p-hevc';
      // So that the rest is made by another attempt.
      if (isVariant && task.firstSegment === 0 && before === 1) {
        throw new KdramaError('TRANSCODE_FAILED', 'killed');
      }
    };
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    const done = await home.until(
      () => jobs.view(jobId)?.status === 'completed' && jobs.view(jobId),
    );
    expect(worker.made).toContain('360p-hevc/0');
    expect(done.renditions.map(({ name, segmentsDone }) => `${name} ${segmentsDone}`)).toEqual([
      ...['360p 3', 'audio-0 3'],
    ]);
    expect(done.renditions[0]?.reason).toMatch(/, no 360p-hevc: .*other parameter sets/);
  });

  it.each([
    ['removed', (path: string) => rmSync(path)],
    ['cut off', (path: string) => truncateSync(path, 3)],
  ])('because its source was %s says so', async (_, change) => {
    const home = openHome();
    const jobs = home.jobs(encodedEpisode(3));
    change(home.layout.source(home.addVideo('a')));
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.error?.code === 'SOURCE_CHANGED');
  });
});

describe('cancel and retry', () => {
  it('stops processes and deletes attempts; what is published stays and is not made again', async () => {
    const home = openHome();
    const worker = encodedEpisode(5);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 3;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.made.includes('720p/2') && home.rendition(jobId, '720p'));
    expect(jobs.cancel('a')).toMatchObject({
      status: 'cancelled',
      error: { code: 'JOB_CANCELLED' },
    });
    await home.until(() => home.open(jobId).length === 0);
    expect(jobs.cancel(jobId).status).toBe('cancelled');
    expect(existsSync(home.layout.source('a'))).toBe(true);

    worker.holdAt = () => false;
    expect(jobs.retry(jobId).status).toBe('processing');
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(readdirSync(home.layout.attempts)).toEqual([]);
    expect(worker.made.filter((segment) => segment.startsWith('720p')).toSorted()).toEqual([
      '720p/0',
      '720p/1',
      '720p/2',
      '720p/3',
      '720p/4',
    ]);
  });

  it('goes on even when retry comes before the processes have ended', async () => {
    const home = openHome();
    const worker = encodedEpisode(5);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 2;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.made.includes('720p/1') && true);
    jobs.cancel(jobId);
    worker.holdAt = () => false;
    jobs.retry(jobId);
    const encodes = home.open(jobId).filter((task) => task.includes('encode'));
    expect(encodes).toEqual(['running 2 encode 1+4 of 2']);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made.length).toBe(new Set(worker.made).size);
  });

  it('of a completed job makes again only what was lost from the disk', async () => {
    const home = openHome();
    const worker = encodedEpisode(5);
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    const { planId } = home.rendition(jobId, '360p');
    rmSync(join(home.layout.rendition('a', planId, '360p', 1), '2.m4s'));
    worker.made.length = 0;
    jobs.retry(jobId);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(worker.made).toEqual(['360p/2']);
    expect(() => jobs.retry(jobId)).toThrow(
      expect.objectContaining({ code: 'JOB_STATE_CONFLICT' }),
    );
  });

  it('of an unknown job is an error', () => {
    const jobs = openHome().jobs(encodedEpisode(1));
    const unknown = expect.objectContaining({ code: 'TRANSCODE_JOB_NOT_FOUND' }) as Error;
    expect(() => jobs.cancel('nobody')).toThrow(unknown);
    expect(jobs.view('nobody')).toBeUndefined();
  });
});

describe('pause, resume and stop', () => {
  it('give the running task back without spending an attempt', async () => {
    const home = openHome();
    const worker = encodedEpisode(5);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 3;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.made.includes('720p/2') && true);
    expect(jobs.pause(jobId).status).toBe('paused');
    await home.until(() => !home.open(jobId).some((task) => task.startsWith('running')));
    expect(home.open(jobId)).toContain('queued 2 encode 3+2 of 2');
    expect(home.store.tasks.ofJob(jobId).every(({ failures }) => failures === 0)).toBe(true);
    expect(jobs.pause(jobId).status).toBe('paused');

    worker.holdAt = () => false;
    jobs.resume(jobId);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(() => jobs.resume(jobId)).toThrow(
      expect.objectContaining({ code: 'JOB_STATE_CONFLICT' }),
    );
  });

  it('resolve only when nothing runs any more', async () => {
    const home = openHome();
    const worker = new ScriptedWorker(5, [picture(360, 5, 'copied'), sound(0, 5, 'copied')]);
    worker.holdAt = ({ task, before }) => task.kind === 'copy' && before === 2;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.made.includes('audio-0/1') && true);
    await jobs.stop();
    expect(home.store.tasks.running()).toEqual([]);
    expect(home.open(jobId)).toContain('queued 1 copy 2+3 of 2');
    expect(readdirSync(home.layout.attempts)).toEqual([]);
  });

  it('let come to its end what is nearly done', async () => {
    const home = openHome();
    const worker = encodedEpisode(9);
    worker.holdAt = ({ task, before }) => task.kind === 'encode' && before === 8;
    const jobs = home.jobs(worker);
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a' });
    jobs.start();
    await home.until(() => worker.isHeld);
    const stopped = jobs.stop();
    worker.releaseAll();
    await stopped;
    expect(worker.made).toContain('720p/8');
    expect(home.open(jobId).filter((task) => task.includes('encode'))).toEqual([]);
    expect(home.store.tasks.running()).toEqual([]);
  });
});
