import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect, type Source } from '../../../src/daemon/media/source/inspect.js';
import { runText } from '../../../src/daemon/media/ffmpeg/run.js';
import { isSeekable, makeSeekable } from '../../../src/daemon/media/seekable/seekable.js';
import { psnrOf } from '../../support/psnr.js';
import { standInFfmpeg } from '../../support/stand-in-ffmpeg.js';
import { ffmpeg, shownTimes, tools, workOn } from '../../support/worker-bench.js';

const { signal } = new AbortController();
let directory: string;
let from: string;
let original: Source;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-seekable-'));
  from = join(directory, 'film.ts');
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=4', '-f', 'lavfi', '-i', 'sine=d=4'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', from],
  );
  original = await inspect(tools, from, signal);
}, 60_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** As if there were pictures of words in it, which are the third stream. */
function withWords(): Source {
  const words = {
    ...original.streams[0],
    index: 2,
    codec_type: 'subtitle',
    codec_name: 'dvb_subtitle',
  };
  return { ...original, streams: [...original.streams, words as Source['streams'][number]] };
}

/** A hash of its samples, of 32 bits. */
async function soundOf(path: string): Promise<string> {
  const decoded = ['-map', '0:a', '-c:a', 'pcm_s32le', '-f', 'md5', '-'];
  return (await runText(tools.ffmpeg, ['-v', 'error', '-i', path, ...decoded], { signal })).stdout;
}

describe('a stream without an index', () => {
  test('is copied into Matroska, every picture of it', async () => {
    expect(isSeekable(original)).toBe(false);
    const to = join(directory, 'film.mkv');
    await makeSeekable(tools, { from, to, original }, signal);
    expect(isSeekable(await inspect(tools, to, signal))).toBe(true);
    expect(await shownTimes(to)).toHaveLength(40);
  });

  test.each([
    ['m2ts', 'pcm_bluray', 's16'],
    ['m2ts', 'pcm_bluray', 's32'],
    ['vob', 'pcm_dvd', 's16'],
  ])('has the sound of discs, sample by sample (%s, %s, %s)', async (container, codec, format) => {
    const disc = join(directory, `${codec}-${format}.${container}`);
    await ffmpeg(
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=320x180:r=25:d=2',
        '-f',
        'lavfi',
        '-i',
        'sine=d=2:r=48000',
      ],
      ...['-c:v', 'mpeg2video', '-c:a', codec, '-sample_fmt', format, '-ac', '2', disc],
    );
    const to = join(directory, `${codec}-${format}.mkv`);
    await makeSeekable(
      tools,
      { from: disc, to, original: await inspect(tools, disc, signal) },
      signal,
    );
    expect(await soundOf(to)).toBe(await soundOf(disc));
  });

  test('is copied without its words where Matroska does not take them', async () => {
    const to = join(directory, 'silent.mkv');
    const picky = { ...tools, ffmpeg: standInFfmpeg('case "$*" in *"-map 0:2"*) exit 1;; esac') };
    await makeSeekable(picky, { from, to, original: withWords() }, signal);
    expect(await shownTimes(to)).toHaveLength(40);
  });

  test('is no shorter film where the disk is full at its very end', async () => {
    const full = makeSeekable(tools, { from, to: '/dev/full', original }, signal);
    await expect(full).rejects.toMatchObject({
      code: 'TRANSCODE_FAILED',
      message: expect.stringContaining('No space left') as string,
    });
  });
});

const encoders = (await runText('ffmpeg', ['-v', 'error', '-encoders'], { signal })).stdout;

describe('an AVI with B pictures', () => {
  test.each(['mpeg4', 'libxvid'])(
    'by %s has every frame in chunks, too, those that are packed together among them',
    async (encoder) => {
      if (!encoders.includes(` ${encoder} `)) return;
      const path = join(directory, `${encoder}.avi`);
      const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=20'];
      const encoding = ['-c:v', encoder, '-bf', '2', '-q:v', '5', '-g', '250'];
      await ffmpeg(...picture, ...encoding, path);
      expect(isSeekable(await inspect(tools, path, signal))).toBe(false);
      const work = await workOn(path);
      await work.run('encode', ['360p'], 0, 1);
      await work.run('encode', ['360p'], 1);
      const shown = await shownTimes(await work.joined('360p'));
      expect(shown).toHaveLength((await shownTimes(path)).length);
      expect(shown.length).toBeGreaterThan(490);
      const steps = shown.slice(2).map((time, n) => time - (shown[n + 1] ?? 0));
      expect(Math.min(...steps)).toBeCloseTo(0.04, 3);
      expect(Math.max(...steps)).toBeCloseTo(0.04, 3);
      await work.close();
    },
  );

  test.each([
    ['copied', 'open-gop=0'],
    ['encoded', 'open-gop=1'],
  ])('in H.264 is %s with each frame when it is shown', async (method, gops) => {
    const [mkv, avi] = [join(directory, `${method}.mkv`), join(directory, `${method}.avi`)];
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=20'];
    const x264 = `keyint=60:bframes=3:b-pyramid=normal:${gops}`;
    const encoding = ['-c:v', 'libx264', '-x264-params', x264, '-pix_fmt', 'yuv420p'];
    await ffmpeg(...picture, ...encoding, mkv);
    await ffmpeg(...picture, ...encoding, avi);
    const work = await workOn(avi);
    expect(work.renditions.map((rendition) => rendition.method)).toEqual([method]);
    const kind = method === 'copied' ? 'copy' : 'encode';
    await work.run(kind, ['360p'], 0, 1);
    await work.run(kind, ['360p'], 1);
    const made = await work.joined('360p');
    const times = await shownTimes(made);
    expect(times).toHaveLength(500);
    expect(times.map((time) => Math.round((time - (times[0] ?? 0)) * 25))).toEqual(
      times.map((_, n) => n),
    );
    expect(Math.min(...(await psnrOf(made, mkv, '640:360')))).toBeGreaterThan(35);
    await work.close();
  });

  test('that is cut off is refused, though a copy of it is read', async () => {
    const path = join(directory, 'half.avi');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=8'];
    await ffmpeg(...picture, '-c:v', 'mpeg4', '-bf', '2', '-q:v', '5', path);
    await truncate(path, (await stat(path)).size / 2);
    await expect(workOn(path)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('cut off') as string,
    });
  });

  test('without B pictures stays as it is', async () => {
    const path = join(directory, 'plain.avi');
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=1', '-c:v', 'mpeg4', path);
    expect(isSeekable(await inspect(tools, path, signal))).toBe(true);
  });
});
