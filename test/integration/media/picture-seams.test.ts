import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { psnrOf } from '../../support/psnr.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-seams-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

it('the picture is as good around the seams of chunks as elsewhere', async () => {
  const source = join(directory, 'source.mkv');
  // Noise moves with the picture: nothing of it can be taken from the frame before.
  const moving = 'testsrc2=s=960x540:r=24:d=24,noise=alls=12:allf=t';
  await ffmpeg(...['-f', 'lavfi', '-i', moving, '-c:v', 'mpeg4', '-q:v', '2', '-g', '24', source]);
  const work = await workOn(source);
  expect(work.segments).toBe(4);
  const seams: number[] = [];
  for (const [first, count] of [
    [0, 1],
    [1, 1],
    [2, 2],
  ] as const) {
    await work.run('encode', ['360p'], first, count);
    if (first > 0) seams.push(Math.round(((work.probed.boundaries[first] ?? 0) * 24) / 90_000));
  }
  const quality = await psnrOf(await work.joined('360p'), source, '640:360');
  expect(quality).toHaveLength(24 * 24);
  const isNear = (frame: number) => seams.some((seam) => Math.abs(frame - seam) <= 12);
  const [near, elsewhere] = [true, false].map((wanted) =>
    mean(quality.filter((_, frame) => isNear(frame) === wanted)),
  );
  expect(Math.abs((near ?? 0) - (elsewhere ?? 0))).toBeLessThan(1);
  // A frame that is another one than it should be has 10 dB less.
  expect(Math.min(...quality)).toBeGreaterThan(mean(quality) - 6);
  await work.close();
});
