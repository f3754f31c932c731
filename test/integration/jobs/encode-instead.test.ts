import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/shared/errors.js';
import { KdramaError } from '../../../src/shared/errors.js';
import type { PlannedRendition } from '../../../src/daemon/worker/task.js';
import { openHome } from './scripted-episode.js';
import { picture, ScriptedWorker, sound } from './scripted-worker.js';

/** A copy that can be encoded instead. */
function replaceable(copy: PlannedRendition): PlannedRendition {
  const { traits } = copy;
  if (traits.kind === 'subtitle') return copy;
  return { ...copy, traits: { ...traits, encodedForm: traits } as typeof traits };
}

/** A job whose copy fails before its second segment, as often as it is tried. */
function copyThatFails(renditions: readonly PlannedRendition[], code: ErrorCode) {
  const home = openHome();
  home.skipBackoff();
  const worker = new ScriptedWorker(3, renditions);
  worker.isWholeCopy = true;
  worker.failAt = ({ task, before }) => {
    if (task.kind === 'copy' && before === 1) throw new KdramaError(code, 'frames differ');
  };
  const jobs = home.jobs(worker, { cpu: 1, io: 1 });
  home.addVideo('a', 'copied');
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  const view = () => jobs.view(jobId);
  const ended = (status: string) => home.until(() => view()?.status === status && view());
  return { home, worker, jobId, ended };
}

const inWords = ({ name, method, reason, segmentsDone }: Record<string, unknown>) =>
  `${String(name)} ${String(method)}: ${String(reason)}, ${String(segmentsDone)}`;

describe('a copy that does not come out, however often it is tried', () => {
  it('is encoded instead, under its name, with its source kept', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied')), replaceable(sound(0, 3, 'copied'))];
    const { home, worker, ended } = copyThatFails(renditions, 'TRANSCODE_FAILED');
    const done = await ended('completed');
    expect(done.renditions.map(inWords)).toEqual([
      '360p encoded: not copied: frames differ, 3',
      'audio-0 encoded: not copied: frames differ, 3',
    ]);
    expect(worker.log.filter((line) => line.startsWith('copy'))).toHaveLength(3);
    const { planId, sourceState } = home.store.videos.find('a') ?? {};
    expect(sourceState).toBe('kept');
    const directory = (version: number) =>
      home.layout.rendition('a', planId ?? '', '360p', version);
    expect(readdirSync(directory(2))).toHaveLength(4);
    await expect.poll(() => existsSync(directory(1))).toBe(false);
  });

  it('leaves what it made before that, and what nothing else can be made of fails', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied')), sound(0, 3, 'copied')];
    const failed = await copyThatFails(renditions, 'TRANSCODE_FAILED').ended('failed');
    expect(failed.renditions.map(inWords)).toEqual([
      expect.stringMatching(/^360p encoded: not copied: frames differ, \d$/),
      'audio-0 copied: scripted, 1',
    ]);
    expect(failed.error?.message).toMatch(/segments 1 to 2 of audio-0 failed 3 times/);
  });

  it('is left out where nobody wants a picture of its size encoded', async () => {
    const renditions = [picture(2160, 3, 'copied'), picture(360, 3, 'encoded')];
    const done = await copyThatFails(renditions, 'TRANSCODE_FAILED').ended('completed');
    expect(done.renditions.map(inWords)).toEqual([
      '360p encoded: scripted, no 2160p: frames differ, 3',
    ]);
  });

  it('stays one where trying later may help', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied'))];
    const failed = await copyThatFails(renditions, 'STORAGE_FULL').ended('failed');
    expect(failed.error?.code).toBe('STORAGE_FULL');
    expect(failed.renditions.map(inWords)).toEqual(['360p copied: scripted, 1']);
  });

  it('is asked of no other task', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied')), replaceable(sound(0, 3, 'copied'))];
    const { home, worker, jobId, ended } = copyThatFails(renditions, 'TRANSCODE_FAILED');
    const tries = () => worker.log.filter((line) => line.startsWith('copy')).length;
    worker.holdAt = ({ task, before }) =>
      task.kind === 'copy' && before === 'start' && tries() === 3;
    await home.until(() => worker.isHeld);
    // What a seek leaves behind: it waits for the slot that the third try has.
    const waiting = { jobId, kind: 'copy', lane: 'io', rank: 2, priority: 1 } as const;
    const { id } = home.rendition(jobId, '360p');
    home.store.tasks.insert({ ...waiting, firstSegment: 2, segments: 1, renditions: [id] });
    worker.releaseAll();
    await home.until(() => home.rendition(jobId, '360p').method === 'encoded');
    expect(home.open(jobId).filter((task) => task.includes('copy'))).toEqual([]);
    await ended('completed');
    expect(tries()).toBe(3);
  });
});
