import { describe, expect, it } from 'vitest';
import { KdramaError } from '../../../src/shared/errors.js';
import { openHome } from './scripted-episode.js';
import { encodedEpisode, picture, ScriptedWorker, sound } from './scripted-worker.js';

const onDemand = { settings: { ladder: 'on-demand' } } as const;

function copiedEpisode(segments: number): ScriptedWorker {
  return new ScriptedWorker(segments, [
    picture(1080, segments, 'copied'),
    picture(720, segments, 'encoded'),
    picture(360, segments, 'encoded'),
    sound(0, segments, 'encoded'),
  ]);
}

async function readyOnDemand(worker = copiedEpisode(30)) {
  const home = openHome();
  const jobs = home.jobs(worker);
  home.addVideo('a');
  const { jobId } = jobs.submit({ videoId: 'a', ...onDemand });
  jobs.start();
  await home.until(() => jobs.view(jobId)?.status === 'completed');
  return { home, worker, jobs, jobId };
}

describe('an episode whose ladder is made on demand', () => {
  it('is ready with its copied picture and its sound; nothing of the rest is made', async () => {
    const { worker, jobs, jobId } = await readyOnDemand();
    expect(worker.log.some((line) => line.startsWith('encode'))).toBe(false);
    expect(worker.made.filter((segment) => segment.startsWith('audio-0'))).toHaveLength(30);
    expect(jobs.view(jobId)).toMatchObject({ progress: 100, ladder: 'on-demand' });
    const shown = jobs.view(jobId)?.renditions.map((row) => [row.name, row.onDemand]);
    expect(shown).toEqual([
      ...[['1080p', false] as const, ['720p', true] as const],
      ...[['360p', true] as const, ['audio-0', false] as const],
    ]);
  });

  it('where nothing can be copied is ready with the first segment of the lowest', async () => {
    const { worker, jobs, jobId } = await readyOnDemand(encodedEpisode(30));
    expect(worker.log.filter((line) => line.startsWith('encode'))).toEqual(['encode 0+1 360p']);
    expect(jobs.view(jobId)).toMatchObject({ status: 'completed', playable: true });
  });

  it('makes a demanded segment first, then what follows it, and stays completed', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const wanted = home.rendition(jobId, '720p');
    worker.log.length = 0;
    jobs.demand(wanted.id, 12);
    await home.until(() => home.store.segments.find(wanted.id, 19));
    expect(worker.log).toEqual(['encode 12+2 720p', 'encode 14+6 720p']);
    await home.until(() => home.open(jobId).length === 0);
    expect(home.store.segments.ofRendition(wanted.id).map(({ number }) => number)).toEqual([
      ...[12, 13, 14, 15, 16, 17, 18, 19],
    ]);
    expect(jobs.view(jobId)?.status).toBe('completed');
  });

  it('makes what no hardware makes on the CPU, whatever the job wants', async () => {
    const [h264, other] = [picture(360, 4, 'encoded'), picture(360, 4, 'encoded')];
    const traits = { ...other.traits, codecs: 'hvc1.1.6.L63.90' } as typeof other.traits;
    const renditions = [picture(720, 4, 'copied'), h264, { ...other, name: '360p-hevc', traits }];
    const home = openHome();
    const jobs = home.jobs(new ScriptedWorker(4, renditions));
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a', useGpu: true, ...onDemand });
    jobs.start();
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    for (const name of ['360p', '360p-hevc']) {
      const { id } = home.rendition(jobId, name);
      jobs.demand(id, 0);
      const made = home.store.tasks.ofJob(jobId).filter((task) => task.renditions.includes(id));
      const lane = name === '360p' ? 'gpu' : 'cpu';
      expect(made.map((task) => task.lane)).toEqual(made.map(() => lane));
      expect(made).not.toEqual([]);
    }
    await home.until(() => home.store.segments.find(home.rendition(jobId, '360p-hevc').id, 3));
  });

  it('makes up to what is there already, and nothing twice', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 12);
    await home.until(() => home.store.segments.find(wanted.id, 19));
    jobs.demand(wanted.id, 12);
    jobs.demand(wanted.id, 9);
    await home.until(() => home.store.segments.find(wanted.id, 11));
    await home.until(() => home.open(jobId).length === 0);
    expect(worker.made.length).toBe(new Set(worker.made).size);
    expect(worker.log.slice(-2)).toEqual(['encode 9+2 720p', 'encode 11+1 720p']);
  });

  it('makes no more than one segment for an init segment', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, -1);
    await home.until(() => home.store.renditions.find(wanted.id)?.initBytes ?? undefined);
    await home.until(() => home.open(jobId).length === 0);
    expect(worker.log.at(-1)).toBe('encode 0+1 720p');
  });

  it('gets all of a rendition that somebody wants as one file', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const wanted = home.rendition(jobId, '360p');
    expect([jobs.demandWhole(wanted.id), jobs.demandWhole(wanted.id)]).toEqual([true, true]);
    await home.until(() => home.store.segments.summary(wanted.id).count === 30);
    await home.until(() => home.open(jobId).length === 0);
    expect(worker.made.length).toBe(new Set(worker.made).size);
    expect(worker.made.some((segment) => segment.startsWith('720p'))).toBe(false);
  });

  it('is still ready when what was demanded cannot be made, until a retry', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const wanted = home.rendition(jobId, '720p');
    worker.failAt = ({ task }) => {
      if (task.kind === 'encode') throw new KdramaError('STORAGE_FULL');
    };
    jobs.demand(wanted.id, 12);
    await home.until(() => home.store.tasks.hasFailed(jobId, wanted.id, 12));
    expect(jobs.view(jobId)).toMatchObject({ status: 'completed', error: null });
    jobs.demandWhole(wanted.id);
    await home.until(() => home.open(jobId).length === 0);
    expect(jobs.demandWhole(wanted.id)).toBe(false);
    worker.log.length = 0;
    jobs.demand(wanted.id, 12);
    expect(worker.log).toEqual([]);
    worker.failAt = () => undefined;
    jobs.retry(jobId);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    jobs.demand(wanted.id, 12);
    await home.until(() => home.store.segments.find(wanted.id, 12));
  });

  it('becomes whole for who asks for the full ladder: the same job, the same plan', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    const { planId } = home.rendition(jobId, '720p');
    expect(jobs.submit({ videoId: 'a' })).toEqual({ jobId, created: false });
    expect(jobs.view(jobId)?.status).toBe('completed');
    const asked = jobs.submit({ videoId: 'a', settings: { ladder: 'full' } });
    expect(asked).toEqual({ jobId, created: false });
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    expect(home.rendition(jobId, '720p').planId).toBe(planId);
    expect(worker.made.filter((segment) => segment.startsWith('720p'))).toHaveLength(30);
    expect(worker.made.length).toBe(new Set(worker.made).size);
  });

  it('leaves nothing behind that runs when its video is removed', async () => {
    const { home, worker, jobs, jobId } = await readyOnDemand();
    worker.holdAt = ({ task }) => task.kind === 'encode';
    jobs.demand(home.rendition(jobId, '720p').id, 12);
    await home.until(() => worker.isHeld);
    await jobs.stopVideo('a');
    expect(home.open(jobId)).toEqual([]);
    expect(worker.isHeld).toBe(false);
  });
});

describe('an episode that is being made on demand', () => {
  it('becomes ready while a viewer still waits for what nobody promised', async () => {
    const home = openHome();
    const worker = copiedEpisode(30);
    worker.holdAt = ({ task }) => task.kind === 'encode' && task.firstSegment === 3;
    const jobs = home.jobs(worker, { cpu: 2, io: 2 });
    home.addVideo('a');
    const { jobId } = jobs.submit({ videoId: 'a', ...onDemand });
    jobs.start();
    await home.until(() => home.store.jobs.find(jobId)?.planId ?? undefined);
    const wanted = home.rendition(jobId, '720p');
    jobs.demand(wanted.id, 3);
    await home.until(() => worker.isHeld);
    await home.until(() => jobs.view(jobId)?.status === 'completed');
    worker.releaseAll();
    await home.until(() => home.store.segments.find(wanted.id, 3));
  });
});
