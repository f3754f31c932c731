import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clicks } from '../../support/clicks.js';
import { clicksOf, expectSameFrames, expectSameSound } from '../../support/same-frames.js';
import { ffmpeg, shownTimes, workOn } from '../../support/worker-bench.js';

const seconds = 10;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-containers-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Made {
  readonly name: string;
  readonly codec: readonly string[];
  readonly rate?: string;
  readonly size?: string;
}

async function made({ name, codec, rate = '25', size = '160x90' }: Made): Promise<string> {
  const path = join(directory, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`];
  await ffmpeg(...picture, ...clicks(44_100, seconds), '-ac', '2', '-c:v', ...codec, path);
  return path;
}

/** Made in two chunks, it is what a decoder shows of the source. */
async function expectWhole(path: string): Promise<void> {
  const work = await workOn(path);
  const [picture, sound] = work.probed.renditions;
  const name = picture?.name ?? '';
  const kind = picture?.method === 'copied' ? 'copy' : 'encode';
  expect(work.segments).toBeGreaterThan(1);
  await work.run(kind, [name], 0, 1);
  await work.run(kind, [name], 1);
  const times = await shownTimes(path);
  await expectSameFrames(await work.joined(name), times, 0.002);
  if (sound !== undefined) {
    await work.run(sound.method === 'copied' ? 'copy' : 'audio', [sound.name]);
    const heard = { picture: await work.joined(name), sound: await work.joined(sound.name) };
    await expectSameSound(heard, await clicksOf(path, times));
  }
  await work.close();
}

const h264 = ['libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-bf', '2'];
const mpeg2 = ['mpeg2video', '-q:v', '5', '-bf', '2'];
const vpx = ['-deadline', 'realtime', '-cpu-used', '8'];

describe('has every frame at its time, and sound with it:', () => {
  test.each<Made>([
    { name: 'vp8.webm', codec: ['libvpx', ...vpx] },
    { name: 'transparent.webm', codec: ['libvpx-vp9', ...vpx, '-pix_fmt', 'yuva420p'] },
    { name: 'mpeg4.m4v', codec: ['mpeg4', '-q:v', '5', '-bf', '2'] },
    { name: 'h263.3gp', codec: ['h263', '-c:a', 'aac'], size: '176x144', rate: '15' },
    { name: 'mpeg2.mpg', codec: mpeg2 },
    { name: 'h264.m2ts', codec: h264 },
    { name: 'h264.flv', codec: [...h264, '-c:a', 'aac'] },
    { name: 'flash.flv', codec: ['flv', '-q:v', '5'] },
    { name: 'theora.ogv', codec: ['libtheora', '-q:v', '6'] },
    { name: 'wmv2.wmv', codec: ['wmv2', '-q:v', '5'] },
    { name: 'camera.mov', codec: ['mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj422p'] },
    { name: 'fast.mp4', codec: h264, rate: '120' },
    { name: 'wraps.ts', codec: [...h264, '-output_ts_offset', '95438'] },
  ])('$name', async (given) => expectWhole(await made(given)));

  test('a recording that begins in the middle', async () => {
    const path = await made({ name: 'begins.ts', codec: h264 });
    const packets = await readFile(path);
    const middle = join(directory, 'middle.ts');
    // Two thirds of a second of it are gone, tables come again.
    await writeFile(middle, packets.subarray(188 * Math.floor(packets.length / 188 / 15)));
    await expectWhole(middle);
  });

  test('two recordings, the second of which begins before the first has shown its last pictures', async () => {
    const parts = [
      await made({ name: 'first.ts', codec: h264 }),
      await made({ name: 'second.ts', codec: [...h264, '-output_ts_offset', `${seconds}`] }),
    ];
    const joined = join(directory, 'joined.ts');
    await writeFile(joined, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))));
    const work = await workOn(joined);
    expect(work.probed.renditions[0]).toMatchObject({
      ...{ method: 'encoded', reason: expect.stringContaining('go back') as string },
    });
    const name = work.probed.renditions[0]?.name ?? '';
    await work.run('encode', [name]);
    const [times, shown] = [await shownTimes(joined), await shownTimes(await work.joined(name))];
    await work.close();
    // Of those that have the time of another, one of the two may be left out; nothing else.
    const distinct = [...new Set(times)].toSorted((a, b) => a - b);
    expect(distinct.length).toBeLessThan(times.length);
    const [start = 0, shownStart = 0] = [distinct[0], shown[0]];
    const isMade = (time: number) =>
      shown.some((each) => Math.abs(each - shownStart - (time - start)) < 0.02);
    expect(distinct.filter((time) => !isMade(time))).toEqual([]);
    expect(shown.length).toBeLessThanOrEqual(times.length);
  });
});
