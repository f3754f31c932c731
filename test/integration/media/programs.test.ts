import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpeg, shownTimes, soundSpan, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-programs-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('of several programmes in a transport stream the one of the largest picture is taken', async () => {
  const path = join(directory, 'multiplex.ts');
  const programme = (size: string, hertz: number, offset: string) => [
    ...['-itsoffset', offset, '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25:d=8`],
    ...[
      '-itsoffset',
      offset,
      '-f',
      'lavfi',
      '-i',
      `sine=f=${hertz}:d=8,aformat=channel_layouts=stereo`,
    ],
  ];
  await ffmpeg(
    ...programme('160x90', 330, '0'),
    ...programme('320x180', 880, '4'),
    ...['-map', '0', '-map', '1', '-map', '2', '-map', '3'],
    ...['-program', 'title=Small:st=0:st=1', '-program', 'title=Large:st=2:st=3'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', path],
  );
  const work = await workOn(path);
  const [picture, ...sounds] = work.probed.renditions;
  expect(picture?.traits).toMatchObject({ kind: 'video', width: 320 });
  expect(sounds.map(({ name }) => name)).toEqual(['audio-0']);
  expect(work.probed.durationTicks / 90_000).toBeCloseTo(8, 1);

  expect(picture?.method).toBe('copied');
  // The file that was uploaded has more than is in the copy.
  expect(work.probed.isWholeCopy).toBe(false);
  await work.run('copy', ['360p', 'audio-0']);
  const shown = await shownTimes(await work.joined('360p'));
  expect(shown).toHaveLength(200);
  const [start, end] = await soundSpan(await work.joined('audio-0'));
  expect(Math.abs(start - (shown[0] ?? 0))).toBeLessThan(0.045);
  expect(end).toBeCloseTo(8, 0);
  await work.close();
});
