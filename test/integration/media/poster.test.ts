import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg, shownColor, shownShape, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-posters-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function posterOf(name: string, ...options: readonly string[]) {
  const source = join(directory, name);
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12'];
  await ffmpeg(...options, ...(options.includes('-c:v') ? [] : h264), source);
  const work = await workOn(source);
  const poster = await work.poster();
  const seen = { color: await shownColor(poster), size: await shownShape(poster) };
  await work.close();
  return seen;
}

it('is not black where the episode is not, however long it begins so', async () => {
  const long = 'color=black:s=320x180:d=8[a];color=0xe08020:s=320x180:d=4[b];[a][b]concat';
  const { color } = await posterOf('long.mkv', '-filter_complex', long);
  expect(color[0]).toBeGreaterThan(190);
  const black = await posterOf('black.mkv', '-f', 'lavfi', '-i', 'color=black:s=320x180:d=2');
  expect(black.color[0]).toBeLessThan(10);
});

it('is not the beginning, which the first frame is of', async () => {
  const title = 'color=0x2040e0:s=320x180:d=1[a];color=0xe08020:s=320x180:d=11[b];[a][b]concat';
  const { color } = await posterOf('title.mkv', '-filter_complex', title);
  expect(color[0]).toBeGreaterThan(190);
});

it('has the shape and the colours in which the episode is shown', async () => {
  const patch = 'color=0xe08020:s=720x576:d=2,format=gbrp';
  const { color, size } = await posterOf(
    'wide.mkv',
    ...['-f', 'lavfi', '-i', patch, '-vf', 'scale=out_color_matrix=bt709,format=yuv444p'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-aspect', '16:9'],
  );
  expect(size).toEqual([640, 360]);
  const off = color.map((value, n) => Math.abs(value - ([224, 128, 32][n] ?? 0)));
  expect(Math.max(...off), color.join()).toBeLessThanOrEqual(8);
});

it.each([
  ['mpeg4', 'avi'],
  ['libtheora', 'ogv'],
  ['libvpx', 'webm'],
  ['wmv2', 'wmv'],
  ['mpeg2video', 'mpg'],
])('is there of a picture in %s', async (codec, container) => {
  const orange = 'color=0xe08020:s=320x180:d=4,noise=alls=20:allf=t';
  const { color } = await posterOf(`any.${container}`, '-f', 'lavfi', '-i', orange, '-c:v', codec);
  expect(color[0]).toBeGreaterThan(190);
});

it('is there where one key frame is all there is, and words beside it', async () => {
  const words = join(directory, 'words.srt');
  await writeFile(words, '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n');
  const orange = ['-f', 'lavfi', '-i', 'color=0xe08020:s=320x180:d=8', '-i', words];
  const oneKey = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '250', '-c:s', 'srt'];
  const { color } = await posterOf('words.mkv', ...orange, ...oneKey);
  expect(color[0]).toBeGreaterThan(190);
});
