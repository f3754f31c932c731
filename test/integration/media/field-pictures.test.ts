import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldPictures } from '../../support/field-pictures.js';
import { ffmpeg, shownTimes, workOn } from '../../support/worker-bench.js';

const frames = 250;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-fields-'));
  await writeFile(join(directory, 'film.264'), fieldPictures(frames));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test.each(['ts', 'mkv'])(
  'a picture in fields has its frames, each once (%s)',
  async (container) => {
    const path = join(directory, `film.${container}`);
    await ffmpeg('-i', join(directory, 'film.264'), '-c', 'copy', path);
    const expected = await shownTimes(path);
    expect(expected).toHaveLength(frames);

    const work = await workOn(path);
    const [picture] = work.probed.renditions;
    expect(picture).toMatchObject({ method: 'encoded', reason: 'interlaced' });
    expect(picture?.traits).toMatchObject({ frameRate: 25 });
    expect(work.segments).toBeGreaterThan(1);
    for (let segment = 0; segment < work.segments; segment += 1) {
      await work.run('encode', ['360p'], segment, 1);
    }
    const shown = await shownTimes(await work.joined('360p'));
    expect(shown).toHaveLength(frames);
    const off = shown.map((time, n) => time - (shown[0] ?? 0) - (expected[n] ?? 0));
    const [least, most] = [Math.min(...off), Math.max(...off)];
    expect(most - least).toBeLessThan(0.003);
    await work.close();
  },
);
