import { expect, test } from 'vitest';
import { openHome } from './scripted-episode.js';
import { picture, ScriptedWorker, sound } from './scripted-worker.js';

const segments = 60;

/** The copy of an episode stands before segment 3, and what a viewer who went to 40 waits for stands at its start. */
async function copyWithSeeker() {
  const home = openHome();
  const worker = new ScriptedWorker(segments, [
    picture(1080, segments, 'copied'),
    sound(0, segments, 'copied'),
  ]);
  const isOfSeeker = (firstSegment: number) => firstSegment === 40;
  worker.holdAt = ({ task, before }) =>
    task.kind === 'copy' && before === (isOfSeeker(task.firstSegment) ? 'start' : 3);
  const jobs = home.jobs(worker);
  home.addVideo('a');
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  await home.until(() => worker.isHeld);
  const { id } = home.rendition(jobId, '1080p');
  const leave = jobs.demand(id, 40);
  await home.until(() => worker.log.includes('copy 40+20 1080p,audio-0'));
  const isThere = (number: number) => home.store.segments.find(id, number) !== undefined;
  return { home, worker, jobs, jobId, leave, isThere };
}

test('a copy stands still while somebody waits for what is made beside it', async () => {
  const { home, worker, jobs, jobId, leave, isThere } = await copyWithSeeker();
  worker.releaseAll();
  // Longer than the copy needs for segment 4.
  await home.until(() => isThere(3) && isThere(50));
  expect(isThere(4)).toBe(false);
  leave();
  await home.until(() => jobs.view(jobId)?.status === 'completed');
});
