import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainSound } from '../../../src/daemon/media/plan/sound-wish.js';
import type { JobView } from '../../../src/shared/contract/index.js';
import { toSeconds } from '../../../src/shared/time.js';
import { readyJob } from '../../support/completed-job.js';
import { startTestDaemon } from '../../support/daemon.js';
import { levels, samplesOf, signalToNoise } from '../../support/samples.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

const seconds = 30;
const picture = ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=25:d=${seconds}`];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'];
const aac = ['-c:a', 'aac', '-b:a', '192k', '-ac', '2'];

let directory: string;
/** 10 s of a quiet voice, then of one that is 12 dB louder. */
let whisper: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-loudness-'));
  whisper = join(directory, 'whisper.mkv');
  const voice = '(0.6*sin(2*PI*300*t)+0.3*sin(2*PI*1100*t))*(0.7+0.3*sin(2*PI*3*t))';
  const sound = `aevalsrc='(0.01+0.03*gt(t,10))*${voice}':s=48000:d=${seconds}`;
  await ffmpeg(...[...picture, '-f', 'lavfi', '-i', sound, ...h264, ...aac, whisper]);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** LUFS, as ffmpeg's loudnorm measures: not the filter that the daemon measures with. */
async function loudnessOf(path: string): Promise<number> {
  const { stderr } = await promisify(execFile)('ffmpeg', [
    ...['-hide_banner', '-nostats', '-i', path, '-map', '0:a:0'],
    ...['-af', 'loudnorm=print_format=json', '-f', 'null', '-'],
  ]);
  return Number(/"input_i" : "(-?[\d.]+)"/.exec(stderr)?.[1]);
}

async function madeAt(loudness: 'r128' | 'speakers', source = whisper) {
  const wish = { ...plainSound, loudness };
  const [apart, whole] = [
    await workOn(source, {}, { sound: wish }),
    await workOn(source, {}, { sound: wish }),
  ];
  for (let first = 0; first < apart.segments; first += 1) {
    await apart.run('audio', ['audio-0'], first, 1);
  }
  await whole.run('audio', ['audio-0']);
  const path = await apart.joined('audio-0');
  const made = { path, loudness: await loudnessOf(path), samples: samplesOf(path, 0) };
  const atOnce = samplesOf(await whole.joined('audio-0'), 0);
  const seams = apart.probed.boundaries.slice(1, -1).map(toSeconds);
  const noise = seams.map((seam) => signalToNoise(made.samples, atOnce, seam));
  const { reason } = apart.probed.renditions.find(({ name }) => name === 'audio-0') ?? {};
  await Promise.all([apart.close(), whole.close()]);
  return { ...made, reason, worstSeam: Math.min(...noise) };
}

test('a quiet episode comes to -23 LUFS, what is quiet in it stays quiet, and no seam is heard', async () => {
  const made = await madeAt('r128');
  expect(made.loudness).toBeCloseTo(-23, 0);
  expect(made.reason).toMatch(/^loudness -3\d\.\d LUFS, made -23\.0$/);
  const [quiet, loud] = [levels(made.samples, [1, 9]).mean, levels(made.samples, [12, 28]).mean];
  expect(loud - quiet).toBeCloseTo(12.04, 0);
  expect(made.worstSeam).toBeGreaterThan(35);
});

test('at -16 LUFS peaks are held below full scale, the same ones in every chunk', async () => {
  const source = join(directory, 'peaks.mkv');
  const peaks = '0.02*sin(2*PI*300*t)+0.5*sin(2*PI*500*t)*lt(mod(t,0.7),0.03)';
  const sound = ['-f', 'lavfi', '-i', `aevalsrc='${peaks}':s=48000:d=${seconds}`];
  await ffmpeg(...[...picture, ...sound, ...h264, ...aac, source]);
  const made = await madeAt('speakers', source);
  expect(made.loudness).toBeGreaterThan(-18);
  expect(levels(made.samples, [1, 29]).peak).toBeLessThan(0);
  expect(made.worstSeam).toBeGreaterThan(30);
});

test('what has the loudness already stays a copy, and so does silence', async () => {
  const right = join(directory, 'right.mkv');
  const gain = -23 - (await loudnessOf(whisper));
  await ffmpeg(...['-i', whisper, '-af', `volume=${gain}dB`, '-c:v', 'copy', ...aac, right]);
  const silent = join(directory, 'silent.mkv');
  await ffmpeg(...['-i', whisper, '-af', 'volume=0', '-c:v', 'copy', ...aac, silent]);
  for (const source of [right, silent]) {
    const work = await workOn(source, {}, { sound: { ...plainSound, loudness: 'r128' } });
    expect(work.probed.renditions.at(-1)).toMatchObject({ name: 'audio-0', method: 'copied' });
    await work.close();
  }
});

test('a job that asks for it gets it; who leaves it open means what is there', async () => {
  const daemon = await startTestDaemon();
  const asked = await readyJob(daemon, whisper, 'loudness=r128');
  const soundOf = ({ renditions }: JobView) => renditions.find(({ kind }) => kind === 'audio');
  expect(soundOf(asked)).toMatchObject({
    ...{ method: 'encoded', reason: expect.stringContaining('made -23.0') as string },
  });
  expect((await readyJob(daemon, whisper)).jobId).toBe(asked.jobId);
  const without = await readyJob(daemon, whisper, 'loudness=off');
  expect(without.jobId).not.toBe(asked.jobId);
  expect(soundOf(without)).toMatchObject({ method: 'copied' });
  await daemon.close();
});
