import { describe, expect, it } from 'vitest';
import type { EncoderSlots } from '../../../src/daemon/jobs/running/lanes.js';
import type { Task, TaskPorts, TaskResult } from '../../../src/daemon/worker/task.js';
import { openHome } from './scripted-episode.js';
import { picture, ScriptedWorker } from './scripted-worker.js';

const nvenc: readonly EncoderSlots[] = [{ name: 'nvenc', slots: 1 }];

/** Remembers which encoder each chunk was to be tried with, and says what made it. */
class EncodingWorker extends ScriptedWorker {
  readonly asked: (string | undefined)[] = [];
  reason: string | undefined;

  override readonly runTask = async (task: Task, ports: TaskPorts): Promise<TaskResult> => {
    const result = await this.script(task, ports);
    if (task.kind !== 'encode') return result;
    this.asked.push(task.encoder);
    const { encoder } = task;
    const made = encoder !== undefined && this.reason === undefined ? `h264_${encoder}` : 'libx264';
    const { reason } = this;
    const failures = reason === undefined ? [] : [{ part: `h264_${encoder}`, reason }];
    return { kind: 'done', encoding: { encoder: made, hwaccel: null, failures } };
  };
}

function setUp(findEncoders: () => Promise<readonly EncoderSlots[] | undefined>, segments = 3) {
  const home = openHome();
  const worker = new EncodingWorker(segments, [picture(360, segments, 'encoded')]);
  const jobs = home.jobs(worker, { cpu: 1, io: 2 }, { findEncoders });
  const completed = (jobId: string) =>
    home.until(() => jobs.view(jobId)?.status === 'completed' && jobs.view(jobId));
  return { home, worker, jobs, completed };
}

describe('a job that asks for hardware', () => {
  it('is encoded in the lane of the encoder that works, and says so', async () => {
    const { home, worker, jobs, completed } = setUp(async () => nvenc);
    const { jobId } = jobs.submit({ videoId: home.addVideo('a'), useGpu: true });
    jobs.start();
    const done = await completed(jobId);
    expect(worker.asked).toEqual(['nvenc', 'nvenc']);
    expect(done.encoding).toEqual({
      encoders: [{ name: 'h264_nvenc', chunks: 2 }],
      failures: [],
    });
    expect(jobs.load.lanes().map(({ lane, slots }) => `${lane} ${slots}`)).toEqual([
      ...['cpu 1', 'io 2', 'gpu 1'],
    ]);
  });

  it('says what of the hardware failed, and how often', async () => {
    const { home, worker, jobs, completed } = setUp(async () => nvenc);
    worker.reason = 'out of memory (10)';
    const { jobId } = jobs.submit({ videoId: home.addVideo('a'), useGpu: true });
    jobs.start();
    expect((await completed(jobId)).encoding).toEqual({
      encoders: [{ name: 'libx264', chunks: 2 }],
      failures: [{ part: 'h264_nvenc', chunks: 2, reason: 'out of memory (10)' }],
    });
  });

  it.each([
    ['none works', async () => []],
    ['there is no ffmpeg to know it by', async () => undefined],
  ])('is encoded by the CPU where %s', async (_, findEncoders) => {
    const { home, worker, jobs, completed } = setUp(findEncoders);
    const { jobId } = jobs.submit({ videoId: home.addVideo('a'), useGpu: true });
    jobs.start();
    expect((await completed(jobId)).encoding?.encoders).toEqual([{ name: 'libx264', chunks: 2 }]);
    expect(worker.asked).toEqual([undefined, undefined]);
    expect(jobs.load.lanes().map(({ lane }) => lane)).toEqual(['cpu', 'io']);
  });

  it('leaves the CPU to a job that does not, and encoders are looked for once', async () => {
    let looks = 0;
    const { home, worker, jobs, completed } = setUp(async () => {
      looks += 1;
      return nvenc;
    });
    worker.holdAt = ({ task }) => task.kind === 'encode' && task.encoder === 'nvenc';
    const first = jobs.submit({ videoId: home.addVideo('a'), useGpu: true });
    const second = jobs.submit({ videoId: home.addVideo('b') });
    jobs.start();
    const other = await completed(second.jobId);
    expect(other.encoding).toBeNull();
    expect(worker.asked).toEqual([undefined, undefined]);
    worker.releaseAll();
    await completed(first.jobId);
    const third = jobs.submit({ videoId: home.addVideo('c'), useGpu: true });
    await completed(third.jobId);
    expect(looks).toBe(1);
  });

  it('gives way in its lane, and stays in it, when a viewer waits for another part', async () => {
    const { home, jobs, worker, completed } = setUp(async () => nvenc, 9);
    worker.holdAt = ({ before }) => before === 2;
    const { jobId } = jobs.submit({ videoId: home.addVideo('a'), useGpu: true });
    jobs.start();
    await home.until(() => worker.isHeld);
    jobs.demand(home.rendition(jobId, '360p').id, 6);
    await home.until(() => worker.log.includes('encode 6+2 360p'));
    worker.releaseAll();
    await completed(jobId);
    expect(new Set(worker.asked)).toEqual(new Set(['nvenc']));
  });

  it('is one where the settings say so and it does not say otherwise', () => {
    const home = openHome();
    const worker = new ScriptedWorker(3, []);
    const jobs = home.jobs(worker, { cpu: 1, io: 2 }, { defaultUseGpu: true });
    const viewOf = (id: string, useGpu?: boolean) =>
      jobs.view(
        jobs.submit({ videoId: home.addVideo(id), ...(useGpu !== undefined && { useGpu }) }).jobId,
      );
    expect(viewOf('a')).toMatchObject({ useGpu: true, encoding: null });
    expect(viewOf('b', false)).toMatchObject({ useGpu: false });
  });
});

describe('the best task of several lanes', () => {
  it('is the most urgent of all of them', () => {
    const home = openHome();
    const jobs = home.jobs(new ScriptedWorker(3, []));
    const { jobId } = jobs.submit({ videoId: home.addVideo('a') });
    const task = { jobId, kind: 'encode', priority: 1, segments: 1, renditions: [] } as const;
    home.store.tasks.insert({ ...task, lane: 'cpu', rank: 2, firstSegment: 0 });
    home.store.tasks.insert({ ...task, lane: 'gpu', rank: 1, firstSegment: 7 });
    home.store.tasks.insert({ ...task, lane: 'gpu', rank: 2, firstSegment: 1 });
    const claimed = [1, 2, 3, 4].map(
      (n) => home.store.tasks.claim(['cpu', 'gpu'], `attempt-${n}`, Date.now())?.firstSegment,
    );
    expect(claimed).toEqual([7, 0, 1, undefined]);
    expect(home.store.tasks.claim(['gpu'], 'x', Date.now())).toBeUndefined();
  });
});
