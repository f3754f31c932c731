import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import type { Task } from '../../../src/daemon/worker/task.js';
import { cliDeps } from '../../support/cli-deps.js';
import { startTestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

/** The ladders that a daemon's worker was asked to plan, and the command line beside it. */
async function daemonWith(env: Readonly<Record<string, string>> = {}) {
  const worker = encodedEpisode(2);
  const ladders: unknown[] = [];
  const daemon = await startTestDaemon({
    env,
    runTask: (task: Task, ports) => {
      if (task.kind === 'probe') ladders.push(task.ladder);
      return worker.runTask(task, ports);
    },
  });
  onTestFinished(() => daemon.close());
  const kdrama = async (...words: string[]) => {
    const deps = cliDeps({ home: daemon.home });
    return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
  };
  const file = join(daemon.home, 'episode1.mkv');
  writeFileSync(file, videoBytes(5000));
  return { ladders, kdrama, file };
}

const usual = [{ name: '720p' }, { name: '240p', maxBitRate: 300_000 }];
const settings = {
  KDRAMA_RESOLUTIONS: '720p,240p=300k',
  KDRAMA_CRF: '26',
  KDRAMA_PRESET: 'medium',
};

test('a worker is told all that the settings say, and reads none itself', async () => {
  const { ladders, kdrama, file } = await daemonWith(settings);
  expect((await kdrama('upload', file, '--wait', '-q')).exit).toBe(0);
  const encoder = { crf: 26, preset: 'medium' };
  const ladder = { top: '2160p', rungs: usual, usual, isExact: false, isCopyOnly: false };
  expect(ladders).toEqual([{ ...ladder, encoder }]);
});

test('kdrama upload says it for one episode, new or in the library already', async () => {
  const { ladders, kdrama, file } = await daemonWith(settings);
  const wanted = ['--resolutions', '1080p=6M,480p', '--crf', '30', '--preset', 'fast'];
  const first = await kdrama('upload', file, ...wanted, '--wait', '-q');
  expect(first.exit, first.err).toBe(0);
  const rungs = [{ name: '1080p', maxBitRate: 6_000_000 }, { name: '480p' }];
  const ladder = { top: '1080p', rungs, usual, isExact: true, isCopyOnly: false };
  expect(ladders).toEqual([{ ...ladder, encoder: { crf: 30, preset: 'fast' } }]);

  expect((await kdrama('upload', file, ...wanted, '--wait', '-q')).exit).toBe(0);
  expect(ladders).toHaveLength(1);
  expect((await kdrama('upload', file, '--resolutions', '360p', '--wait', '-q')).exit).toBe(0);
  // Who leaves the quality open means the one that is there.
  expect(ladders[1]).toMatchObject({ top: '360p', encoder: { crf: 30, preset: 'fast' } });
});

test.each([
  [['--resolutions', '8k'], '1080p, 1280x720, 720p=2.5M or 1080p-hevc'],
  [['--crf', '0'], 'Expected a number from 1 to 51'],
  [['--preset', 'placebo'], 'veryslow'],
])('kdrama upload %j is a mistake of use', async (options, words) => {
  const deps = cliDeps();
  expect(await run(['upload', 'episode1.mkv', ...options], deps)).toBe(2);
  expect(deps.err()).toContain(words);
});
