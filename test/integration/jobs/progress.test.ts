import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RunTask } from '../../../src/daemon/worker/task.js';
import { toTicks } from '../../../src/shared/time.js';
import type { RunningJobs } from '../../../src/daemon/jobs/jobs.js';
import { graceSeconds } from '../../../src/daemon/jobs/running/nearly-done.js';
import { KdramaError } from '../../../src/shared/errors.js';
import { openDaemon, openHome } from './scripted-episode.js';
import { encodedEpisode, type ScriptedWorker } from './scripted-worker.js';

const controls = ['pause', 'resume', 'cancel', 'retry', 'fail', 'restart'] as const;
const steps = ['work', 'work', 'work', ...controls] as const;
type Step = (typeof steps)[number];

/** A job that stands still before each segment until it is told to work. */
async function scene() {
  const home = openHome();
  home.addVideo('a');
  const worker = encodedEpisode(6);
  worker.holdAt = ({ before }) => before !== 'start';
  aheadOfPublishing(worker);
  let daemon: ReturnType<typeof openDaemon> = home;
  let jobs: RunningJobs = daemon.jobs(worker);
  const { jobId } = jobs.submit({ videoId: 'a' });
  const seen: number[] = [];
  const look = () => {
    const job = jobs.view(jobId);
    if (job === undefined) throw new Error('the job is gone');
    seen.push(job.progress);
    const { estimatedCompletion: end } = job;
    if (end !== null) expect(Date.parse(end)).toBeGreaterThan(Date.now());
    return job;
  };
  const restart = async () => {
    const stopped = jobs.stop();
    // What is nearly done, and held, gets its time.
    vi.advanceTimersByTime(graceSeconds * 1000);
    await stopped;
    daemon.store.close();
    daemon = openDaemon(home.layout);
    jobs = daemon.jobs(worker);
    await jobs.recover();
    jobs.start();
  };
  jobs.start();
  return {
    ...{ seen, look, worker, restart },
    control: (verb: 'pause' | 'resume' | 'cancel' | 'retry') => jobs[verb](jobId),
    /** It stands still again, or will not go on by itself. */
    async settled() {
      for (let turn = 0; turn < 300 && !worker.isHeld; turn++) await turnOfOthers();
    },
    /** It is helped on until it is completed: what was done to it may show late. */
    ended: () =>
      daemon.until(() => {
        const { status } = look();
        if (status === 'paused') jobs.resume(jobId);
        if (status === 'failed' || status === 'cancelled') jobs.retry(jobId);
        return status === 'completed';
      }),
  };
}

function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function take(step: Step, job: Awaited<ReturnType<typeof scene>>): Promise<void> {
  if (step === 'restart') return job.restart();
  if (step === 'work') return job.worker.release();
  if (step === 'fail') return failOnce(job.worker);
  ignoreConflict(() => job.control(step));
}

/** As with ffmpeg: when a task is stopped, what it has made and not published is lost. */
function aheadOfPublishing(worker: ScriptedWorker): void {
  const { runTask } = worker;
  const ahead: RunTask = (task, ports) => {
    ports.progress(toTicks(20));
    return runTask(task, { ...ports, progress: (ticks) => ports.progress(ticks + toTicks(20)) });
  };
  Object.assign(worker, { runTask: ahead });
}

/** The next thing that is begun fails for good: the job with it. */
function failOnce(worker: ScriptedWorker): void {
  worker.failAt = () => {
    worker.failAt = () => undefined;
    throw new KdramaError('STORAGE_FULL');
  };
  worker.release();
}

/** Not every command fits every state. */
function ignoreConflict(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof KdramaError) || error.code !== 'JOB_STATE_CONFLICT') throw error;
  }
}

test('progress never goes back and an expected end is ahead, whatever is done to a job', async () => {
  // Notes of progress are due once a second: here with every step.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let between = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { maxLength: 18, size: 'max' }),
      async (sequence) => {
        const made = await scene();
        for (const step of sequence) {
          await take(step, made);
          await made.settled();
          vi.advanceTimersByTime(1000);
          made.look();
        }
        made.worker.failAt = () => undefined;
        made.worker.releaseAll();
        await made.ended();
        expect(made.seen).toEqual(made.seen.toSorted((a, b) => a - b));
        expect(made.seen.at(-1)).toBe(100);
        between += made.seen.filter((progress) => progress > 0 && progress < 100).length;
      },
    ),
    { numRuns: 25 },
  );
  // Or there was nothing that could have gone back.
  expect(between).toBeGreaterThan(10);
});
