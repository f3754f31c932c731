import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskRendition } from '../../../src/daemon/worker/task.js';
import { ffmpeg, shownShape, shownTimes, soundSpan, workOn } from '../../support/worker-bench.js';

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=640x480:r=24:d=20'];
const sound = ['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=20'];
const vp8 = ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', '-cpu-used', '8'];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p'];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-clips-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function clip(name: string, ...options: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg(...options, path);
  return path;
}

/** Both lists hold the same times within 1.5 ms: Matroska rounds to milliseconds. */
function expectSameTimes(made: readonly number[], source: readonly number[]): void {
  expect(made).toHaveLength(source.length);
  const off = made.map((time, index) => Math.abs(time - (source[index] ?? 0)));
  expect(Math.max(...off)).toBeLessThan(0.0015);
}

describe('H.264 with B pictures and irregular key frames', () => {
  it('is copied with every frame, and its encoded rung has the same frames at the same times', async () => {
    const keys = '0,1.5,4,9.1,13,17.7';
    const source = await clip(
      'h264.mkv',
      ...[...picture, ...sound, ...h264, '-force_key_frames', keys, '-c:a', 'aac', '-ac', '2'],
    );
    const work = await workOn(source);
    expect(work.probed.renditions.map(({ name, method }) => `${name} ${method}`)).toEqual([
      ...['720p copied', '360p encoded', 'audio-0 copied'],
    ]);
    await work.run('copy', ['720p', 'audio-0']);
    // Chunks of 1, 2 and the rest: seams in all places.
    await work.run('encode', ['360p'], 0, 1);
    await work.run('encode', ['360p'], 1, 2);
    await work.run('encode', ['360p'], 3, work.segments - 3);
    const times = await shownTimes(source);
    expectSameTimes(await shownTimes(await work.joined('720p')), times);
    expectSameTimes(await shownTimes(await work.joined('360p')), times);
    const [start, end] = await soundSpan(await work.joined('audio-0'));
    expect(start).toBeCloseTo(0, 1);
    expect(Math.abs(end - 20)).toBeLessThan(0.045);
    await work.close();
  });

  it('can be encoded as what its copy stands for', async () => {
    const source = await clip(
      'h264c.mkv',
      ...[...picture, ...sound, ...h264, '-g', '60', '-c:a', 'aac', '-ac', '2'],
    );
    const work = await workOn(source);
    const forms = work.renditions.flatMap(({ name, traits, ...row }): TaskRendition[] => {
      const form = traits.kind === 'subtitle' ? undefined : traits.encodedForm;
      const named = { id: `${name} instead`, name: `${name} instead` };
      return form === undefined || form === null
        ? []
        : [{ ...row, ...named, method: 'encoded', traits: form }];
    });
    expect(forms.map(({ name }) => name)).toEqual(['720p instead', 'audio-0 instead']);
    work.renditions.push(...forms);
    await work.run('encode', ['720p instead']);
    await work.run('audio', ['audio-0 instead']);
    const made = await work.joined('720p instead');
    expectSameTimes(await shownTimes(made), await shownTimes(source));
    expect(await shownShape(made)).toEqual([640, 480]);
    const [start, end] = await soundSpan(await work.joined('audio-0 instead'));
    expect(start).toBeCloseTo(0, 1);
    expect(Math.abs(end - 20)).toBeLessThan(0.045);
    await work.close();
  });

  it('is taken up again in the middle of a copy, in the same places', async () => {
    const source = await clip('h264b.mp4', ...[...picture, ...sound, ...h264, '-g', '48']);
    const whole = await workOn(source);
    await whole.run('copy', ['720p', 'audio-0']);
    const part = await workOn(source);
    await part.run('copy', ['720p', 'audio-0'], 2, 1);
    for (const name of ['720p', 'audio-0']) {
      const wanted = whole.published.get(name)?.find(({ number }) => number === 2)?.bytes;
      const made = part.published.get(name)?.find(({ number }) => number === 2)?.bytes;
      expect(made && Buffer.from(made).equals(Buffer.from(wanted ?? []))).toBe(true);
    }
    await Promise.all([whole.close(), part.close()]);
  });
});

describe('a source that must be encoded', () => {
  it('keeps every frame of a variable frame rate across seams', async () => {
    // Frames 3 to 12 of each 24 are dropped, so that distances differ by ten times.
    const uneven = ['-vf', "select='not(between(mod(n,24),3,12))'", '-fps_mode', 'vfr'];
    const source = await clip('vfr.mkv', ...picture, ...uneven, ...vp8);
    const work = await workOn(source);
    await work.run('encode', ['720p', '360p'], 0, 2);
    await work.run('encode', ['720p', '360p'], 2, work.segments - 2);
    const times = await shownTimes(source);
    expectSameTimes(await shownTimes(await work.joined('720p')), times);
    expectSameTimes(await shownTimes(await work.joined('360p')), times);
    await work.close();
  });

  it('starts at time zero although its clock does not, and keeps sound with picture', async () => {
    const source = await clip(
      'late.ts',
      ...[...picture, ...sound, ...h264, '-g', '30', '-c:a', 'mp2', '-output_ts_offset', '30'],
    );
    const work = await workOn(source);
    await work.run('encode', ['360p']);
    await work.run('audio', ['audio-0'], 0, 1);
    await work.run('audio', ['audio-0'], 1, work.segments - 1);
    const [first = 1] = await shownTimes(await work.joined('360p'));
    const [start, end] = await soundSpan(await work.joined('audio-0'));
    expect(first).toBeLessThan(0.1);
    expect(Math.abs(start)).toBeLessThan(0.045);
    expect(Math.abs(end - 20)).toBeLessThan(0.06);
    await work.close();
  });

  it('begins with its picture where that starts after the sound, copied and encoded', async () => {
    const late = ['-itsoffset', '5', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=24:d=8'];
    const source = await clip(
      'late-picture.mkv',
      ...[...late, ...sound, ...h264, '-g', '48', '-shortest', '-c:a', 'aac', '-ac', '2'],
    );
    const work = await workOn(source);
    await work.run('copy', ['720p', 'audio-0']);
    await work.run('encode', ['360p']);
    const times = await shownTimes(source);
    expect(times[0]).toBeCloseTo(5, 1);
    expectSameTimes(await shownTimes(await work.joined('720p')), times);
    expectSameTimes(await shownTimes(await work.joined('360p')), times);
    await work.close();
  });

  it('has silence where its sound starts late and ends early', async () => {
    const late = ['-itsoffset', '3', '-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=5'];
    const source = await clip('gap.mkv', ...picture, ...late, ...h264, '-c:a', 'aac', '-ac', '2');
    const work = await workOn(source);
    expect(work.probed.renditions.at(-1)).toMatchObject({
      name: 'audio-0',
      method: 'encoded',
      reason: 'starts 3.0 s late',
    });
    await work.run('audio', ['audio-0'], 0, 2);
    await work.run('audio', ['audio-0'], 2, work.segments - 2);
    const [start, end] = await soundSpan(await work.joined('audio-0'));
    expect(start).toBeCloseTo(0, 1);
    expect(Math.abs(end - 20)).toBeLessThan(0.05);
    await work.close();
  });
});

describe('work that stops', () => {
  it('publishes whole segments only, and ends at once', async () => {
    const source = await clip('stop.mkv', ...picture, ...h264, '-profile:v', 'high', '-g', '500');
    const stop = new AbortController();
    const onPublished = () => stop.abort(new Error('stopped'));
    const work = await workOn(source, {}, { onPublished });
    const running = work.run('encode', ['360p'], 0, work.segments, stop.signal);
    await expect(running).rejects.toThrow('stopped');
    const numbers = (work.published.get('360p') ?? []).map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index - 1));
    expect(numbers.length).toBeLessThan(work.segments + 1);
    await work.close();
  });
});

describe('work that ends before its time', () => {
  it('publishes no silence where the sound was not read yet', async () => {
    const long = [
      '-stream_loop',
      '40',
      '-i',
      await clip('loop.mp4', ...picture, ...sound, ...h264),
    ];
    const source = await clip('long.mkv', ...long, '-map', '0', '-c', 'copy');
    const stop = new AbortController();
    const onPublished = () => stop.abort(new Error('stopped'));
    const work = await workOn(source, {}, { onPublished });
    const running = work.run('copy', ['audio-0'], 0, work.segments, stop.signal);
    await expect(running).rejects.toThrow('stopped');
    const sizes = (work.published.get('audio-0') ?? [])
      .filter(({ number }) => number >= 0)
      .map(({ bytes }) => bytes.length);
    expect(Math.min(...sizes)).toBeGreaterThan(0.5 * Math.max(...sizes));
    await work.close();
  });

  it('publishes no empty subtitles when the program fails', async () => {
    const words = join(directory, 'words.srt');
    await writeFile(words, '1\n00:00:01,000 --> 00:00:02,000\nHello\n');
    const source = await clip('words.mkv', ...picture, '-i', words, ...h264, '-c:s', 'srt');
    const work = await workOn(source, { ffmpeg: 'false' });
    await expect(work.run('subtitle', ['subtitle-0'])).rejects.toMatchObject({
      code: 'TRANSCODE_FAILED',
    });
    expect(work.published.size).toBe(0);
    await work.close();
  });
});

describe('bad sources', () => {
  it('are named: sound only, cut off, not a video', async () => {
    const soundOnly = await clip('sound.mka', ...sound, '-f', 'matroska');
    await expect(workOn(soundOnly)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('sound but no picture') as string,
    });
    const text = join(directory, 'text.mp4');
    await writeFile(text, 'no video at all');
    await expect(workOn(text)).rejects.toMatchObject({ code: 'UPLOAD_INVALID_FORMAT' });
  });

  it.each(['mp4', 'mkv'])('are named: the half of a %s', async (extension) => {
    const whole = await clip(
      `whole.${extension}`,
      ...[...picture, ...h264, '-movflags', '+faststart'].slice(
        0,
        extension === 'mp4' ? undefined : -2,
      ),
    );
    const bytes = await readFile(whole);
    const half = join(directory, `half.${extension}`);
    await writeFile(half, bytes.subarray(0, bytes.length / 2));
    await expect(workOn(half)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('cut off') as string,
    });
  });
});
