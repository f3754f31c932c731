import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KeepSource, Ladder } from '../../../src/shared/contract/index.js';
import { mayStandForSource } from '../../../src/daemon/jobs/ended/give-up-source.js';
import { openDaemon, openHome } from './scripted-episode.js';
import { picture, ScriptedWorker, sound } from './scripted-worker.js';

function episode(isWholeCopy: boolean): ScriptedWorker {
  const worker = new ScriptedWorker(3, [
    ...[picture(720, 3, 'copied'), picture(360, 3, 'encoded'), sound(0, 3, 'copied')],
  ]);
  worker.isWholeCopy = isWholeCopy;
  return worker;
}

async function ready(keepSource: KeepSource, isWholeCopy: boolean, ladder: Ladder = 'full') {
  const home = openHome();
  const jobs = home.jobs(episode(isWholeCopy));
  home.addVideo('a', keepSource);
  const { jobId } = jobs.submit({ videoId: 'a', settings: { ladder } });
  jobs.start();
  await home.until(() => jobs.view(jobId)?.status === 'completed');
  const gone = () => home.store.videos.find('a')?.sourceState === 'removed';
  const isThere = () => existsSync(home.layout.source('a'));
  return { home, jobs, jobId, gone, isThere };
}

describe('the source of a ready episode', () => {
  it.each([
    ['always', true, 'full'],
    ['copied', false, 'full'],
    ['copied', true, 'on-demand'],
    ['never', false, 'on-demand'],
  ] as const)('stays: %s, all copied %s, ladder %s', async (keep, isWhole, ladder) => {
    const { home, isThere } = await ready(keep, isWhole, ladder);
    expect(home.store.videos.find('a')?.sourceState).toBe('kept');
    expect(isThere()).toBe(true);
  });

  it.each([
    ['copied', true],
    ['never', false],
  ] as const)('goes once every file is verified: %s', async (keep, isWhole) => {
    const { gone, isThere } = await ready(keep, isWhole);
    await expect.poll(gone).toBe(true);
    expect(isThere()).toBe(false);
  });

  it('that is gone is missed with a code and a hint, and what was made stays', async () => {
    const { home, jobs, jobId, gone } = await ready('never', true);
    await expect.poll(gone).toBe(true);
    const notKept = expect.objectContaining({ code: 'SOURCE_NOT_KEPT', hint: expect.any(String) });
    expect(() => jobs.submit({ videoId: 'a', settings: { segmentDurationSeconds: 4 } })).toThrow(
      notKept,
    );
    expect(jobs.submit({ videoId: 'a' })).toEqual({ jobId, created: false });
    const lost = home.rendition(jobId, '360p');
    const { planId } = lost;
    rmSync(`${home.layout.rendition('a', planId, '360p', 1)}/0.m4s`);
    expect(() => jobs.retry(jobId)).toThrow(notKept);
    expect(jobs.view(jobId)?.status).toBe('completed');
  });

  it('goes at the next start when the daemon died in between', async () => {
    const { home, jobs, isThere } = await ready('always', true);
    await jobs.stop();
    home.store.videos.setSource('a', 'removing');
    const next = openDaemon(home.layout);
    await next.jobs(episode(true)).recover();
    expect(next.store.videos.find('a')?.sourceState).toBe('removed');
    expect(isThere()).toBe(false);
  });
});

it('nothing stands for a source while anything of the plan is missing', () => {
  const missing = { isWholeCopy: true, isComplete: false };
  expect(mayStandForSource('never', missing)).toBe(false);
  expect(mayStandForSource('copied', missing)).toBe(false);
});
