import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KeepSource } from '../../../src/shared/contract/index.js';
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

/** A copy that nobody wants encoded, beside what everybody gets. */
function tooLarge(): PlannedRendition[] {
  const { traits, ...copy } = picture(2160, 3, 'copied');
  const form = { ...traits, encodedForm: null } as typeof traits;
  return [{ ...copy, traits: form }, picture(360, 3, 'encoded')];
}

/** A job whose copy fails before its second segment, as often as it is tried. */
function copyThatFails(
  renditions: readonly PlannedRendition[],
  code: ErrorCode,
  {
    words = 'frames differ',
    keepSource = 'copied',
    io = 1,
  }: { readonly words?: string; readonly keepSource?: KeepSource; readonly io?: number } = {},
) {
  const home = openHome();
  home.skipBackoff();
  const worker = new ScriptedWorker(3, renditions);
  worker.isWholeCopy = true;
  worker.failAt = ({ task, before }) => {
    if (task.kind === 'copy' && before === 1) throw new KdramaError(code, words);
  };
  const jobs = home.jobs(worker, { cpu: 1, io });
  home.addVideo('a', keepSource);
  const { jobId } = jobs.submit({ videoId: 'a' });
  jobs.start();
  const view = () => jobs.view(jobId);
  const ended = (status: string) => home.until(() => view()?.status === status && view());
  return { home, worker, jobs, jobId, ended };
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
    const done = await copyThatFails(tooLarge(), 'TRANSCODE_FAILED').ended('completed');
    expect(done.renditions.map(inWords)).toEqual([
      '360p encoded: scripted, no 2160p: frames differ, 3',
    ]);
  });

  it('stays where its source would go with it', async () => {
    const never = { keepSource: 'never' } as const;
    const { home, ended } = copyThatFails(tooLarge(), 'TRANSCODE_FAILED', never);
    const { renditions } = await ended('failed');
    expect(renditions[0]).toMatchObject({ name: '2160p', method: 'copied' });
    expect(home.store.videos.find('a')?.sourceState).toBe('kept');
  });

  it('stays where the disk is to blame', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied'))];
    const words = { words: 'EIO: i/o error, write' };
    const failed = await copyThatFails(renditions, 'TRANSCODE_FAILED', words).ended('failed');
    expect(failed.renditions.map(inWords)).toEqual(['360p copied: scripted, 1']);
  });

  it('plays no more until what stands in its place does', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied'))];
    const { home, worker, jobs, jobId, ended } = copyThatFails(renditions, 'TRANSCODE_FAILED');
    worker.holdAt = ({ task }) => task.kind === 'encode';
    await home.until(() => jobs.view(jobId)?.playable);
    await home.until(() => worker.isHeld);
    expect(jobs.view(jobId)?.playable).toBe(false);
    worker.releaseAll();
    await ended('completed');
    const types = home.store.events.ofJob(jobId).map(({ type }) => type);
    expect(types.filter((type) => type === 'video.playable')).toHaveLength(2);
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

  it('is no fault of another task that makes a part of it', async () => {
    const renditions = [replaceable(picture(360, 3, 'copied')), sound(0, 3, 'copied')];
    const { home, worker, jobId, ended } = copyThatFails(renditions, 'TRANSCODE_FAILED', { io: 2 });
    const { failAt } = worker;
    worker.failAt = (moment) => {
      const { task } = moment;
      if ('renditions' in task && task.renditions.some(({ name }) => name === '360p'))
        failAt(moment);
    };
    const isThird = () => worker.log.filter((line) => line.startsWith('copy')).length === 3;
    worker.holdAt = ({ task, before }) => task.kind === 'copy' && before === 'start' && isThird();
    await home.until(() => worker.isHeld);
    worker.holdAt = ({ task, before }) => task.kind === 'copy' && before === 2;
    const waiting = { jobId, kind: 'copy', lane: 'io', rank: 2, priority: 1 } as const;
    const both = ['360p', 'audio-0'].map((name) => home.rendition(jobId, name).id);
    home.store.tasks.insert({ ...waiting, firstSegment: 2, segments: 1, renditions: both });
    home.bus.emit('work');
    await home.until(() => worker.log.includes('copy 2+1 360p,audio-0'));
    worker.release();
    await home.until(() => home.rendition(jobId, '360p').method === 'encoded');
    worker.releaseAll();
    await ended('completed');
    const others = home.store.tasks.ofJob(jobId).filter(({ state }) => state !== 'failed');
    expect(others.map(({ failures }) => failures)).toEqual(others.map(() => 0));
  });
});
