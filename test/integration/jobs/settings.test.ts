import { expect, it } from 'vitest';
import { plainPicture, wantedRungs } from '../../../src/daemon/jobs/states/picture-wish.js';
import { ladderOf } from '../../../src/shared/resolutions.js';
import { openDaemon, openHome } from './scripted-episode.js';
import { picture, ScriptedWorker } from './scripted-worker.js';

const all = ladderOf(['1080p', '720p', '360p']);
const segments = 2;
const worker = () =>
  new ScriptedWorker(segments, [
    picture(1080, segments, 'copied'),
    picture(720, segments, 'encoded'),
    picture(360, segments, 'encoded'),
  ]);

/** An episode whose whole ladder is there. */
async function made() {
  const home = openHome();
  const jobs = home.jobs(worker());
  home.addVideo('a');
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  await home.until(() => jobs.view(jobId)?.status === 'completed');
  return { home, jobs, jobId };
}

it('what a plan has anyway is the same job, and is still asked for in a new one', async () => {
  const { home, jobs, jobId } = await made();
  expect(jobs.submit({ videoId: 'a', settings: all })).toEqual({ jobId, created: false });
  await jobs.stop();
  home.store.close();

  // By itself this one makes another ladder.
  const later = openDaemon(home.layout);
  const picturesNow = { ...plainPicture, rungs: wantedRungs(['240p']) };
  const successor = later.jobs(worker(), { cpu: 1, io: 2 }, { picture: picturesNow });
  expect(successor.submit({ videoId: 'a', settings: all })).toEqual({ jobId, created: false });
  const other = { ...all, segmentDurationSeconds: 4 } as const;
  const shorter = successor.submit({ videoId: 'a', settings: other });
  expect(shorter.created).toBe(true);
  expect(later.store.jobs.find(shorter.jobId)?.settings).toMatchObject({
    rungs: ['1080p', '720p', '360p'],
    segmentDurationSeconds: 4,
  });
  expect(successor.submit({ videoId: 'a', settings: other })).toEqual({
    ...shorter,
    created: false,
  });
});

it('what the daemon does by itself today is another job where the plan has it otherwise', async () => {
  const { home, jobs, jobId } = await made();
  await jobs.stop();
  home.store.close();

  const later = openDaemon(home.layout);
  const finer = { ...plainPicture, encoder: { ...plainPicture.encoder, crf: 20 } };
  const successor = later.jobs(worker(), { cpu: 1, io: 2 }, { picture: finer });
  expect(successor.submit({ videoId: 'a' })).toEqual({ jobId, created: false });
  const finest = successor.submit({ videoId: 'a', settings: { crf: 20 } });
  expect(finest.created).toBe(true);
  expect(later.store.jobs.find(finest.jobId)?.settings.crf).toBe(20);
  expect(successor.submit({ videoId: 'a', settings: { crf: 20 } })).toEqual({
    ...finest,
    created: false,
  });
});

it('what the daemon does by itself is not asked for in a new job', () => {
  const home = openHome();
  const jobs = home.jobs(worker());
  home.addVideo('a');
  const settings = { ...all, topRendition: '2160p' } as const;
  const { jobId } = jobs.submit({ videoId: 'a', settings });
  expect(home.store.jobs.find(jobId)?.settings.rungs).toBeUndefined();
  expect(jobs.submit({ videoId: 'a' })).toEqual({ jobId, created: false });
});

it('who asks again for what was made before something else has it played again, at once', async () => {
  const { home, jobs, jobId } = await made();
  const planOf = (id: string) => home.store.jobs.find(id)?.planId;
  const played = () => home.store.videos.find('a')?.planId;
  const finer = jobs.submit({ videoId: 'a', settings: { crf: 20 } });
  await home.until(() => jobs.view(finer.jobId)?.status === 'completed');
  expect(played()).toBe(planOf(finer.jobId));
  expect(planOf(finer.jobId)).not.toBe(planOf(jobId));

  expect(jobs.submit({ videoId: 'a', settings: { crf: 23 } })).toEqual({ jobId, created: false });
  expect(played()).toBe(planOf(jobId));
  expect(jobs.view('a')?.jobId).toBe(jobId);
  // Who says nothing means what is there now.
  expect(jobs.submit({ videoId: 'a' })).toEqual({ jobId, created: false });
  expect(jobs.submit({ videoId: 'a', settings: { crf: 20 } }).created).toBe(false);
  expect(played()).toBe(planOf(finer.jobId));
});

it('what was asked for in between does not take its place when it is ready later', async () => {
  const { home, jobs, jobId } = await made();
  const finer = jobs.submit({ videoId: 'a', settings: { crf: 20 } });
  jobs.submit({ videoId: 'a', settings: { crf: 23 } });
  await home.until(() => jobs.view(finer.jobId)?.status === 'completed');
  expect(home.store.videos.find('a')?.planId).toBe(home.store.jobs.find(jobId)?.planId);
});

it('who may only ask for what is there changes nothing of what others see', async () => {
  const { home, jobs, jobId } = await made();
  const finer = jobs.submit({ videoId: 'a', settings: { crf: 20 } });
  await home.until(() => jobs.view(finer.jobId)?.status === 'completed');
  const found = jobs.submit({ videoId: 'a', settings: { crf: 23 }, onlyExisting: true });
  expect(found).toEqual({ jobId, created: false });
  expect(home.store.videos.find('a')?.planId).toBe(home.store.jobs.find(finer.jobId)?.planId);
});
