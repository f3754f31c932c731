import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, shownTimes, workOn } from '../../support/worker-bench.js';

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'];
const picture = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=25:d=${seconds}`];
const tone = ['-f', 'lavfi', '-i', 'sine=d=4'];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-unusual-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function made(name: string, ...args: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg(...args, path);
  return path;
}

async function probed(path: string) {
  const work = await workOn(path);
  await work.close();
  return work.probed.renditions;
}

describe('a file with', () => {
  it('many large fonts is read: none of them is looked into', async () => {
    const font = join(directory, 'batang.ttf');
    await writeFile(font, Buffer.alloc(500_000, 7));
    const fonts = Array.from({ length: 120 }, (_, n) => [
      ...['-attach', font, `-metadata:s:t:${n}`, 'mimetype=application/x-truetype-font'],
    ]).flat();
    const path = await made('fonts.mkv', ...picture(4), ...fonts, ...h264);
    expect((await probed(path)).map(({ name }) => name)).toEqual(['360p']);
  });

  it('a track that is not decoded here has the others, and says which one is missing', async () => {
    const sounds = ['-map', '1', '-map', '1', '-c:a:0', 'aac', '-c:a:1', 'adpcm_yamaha'];
    const input = [...picture(4), ...tone, '-map', '0'];
    const path = await made('yamaha.mkv', ...input, ...sounds, ...h264);
    const [video, ...others] = await probed(path);
    expect(video?.reason).toMatch(/, without its sound in ADPCM_YAMAHA$/);
    expect(others.map(({ name }) => name)).toEqual(['audio-0']);
    const second = [
      '-map',
      '0',
      '-c:v:0',
      'ffv1',
      ...h264.map((a) => (a === '-c:v' ? '-c:v:1' : a)),
    ];
    const two = await made('two.mkv', ...input, ...second);
    expect((await probed(two)).map(({ traits }) => traits.stream)).toEqual([1]);
  });

  it('nothing but a picture that is not decoded here says so', async () => {
    const path = await made('ffv1.mkv', ...picture(1), '-c:v', 'ffv1');
    await expect(workOn(path)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('the picture is FFV1, which is not read here') as string,
    });
  });

  it.each([
    ['in one piece', '+faststart'],
    ['in fragments', '+frag_keyframe+empty_moov'],
  ])('a picture that is encrypted says so (%s)', async (_, flags) => {
    const [key, id] = ['76a6c65c5ea762046bd749a2e632ccbb', 'a7e61c373e219033c21091fa607bf3b8'];
    const scheme = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', key];
    const lock = [...scheme, '-encryption_kid', id, '-movflags', flags];
    const path = await made(`locked${flags}.mp4`, ...picture(4), ...h264, ...lock);
    await expect(workOn(path)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('the file is encrypted') as string,
    });
  });

  it.each([101, 900])('%i subtitles is refused, and says so', async (count) => {
    const words = join(directory, 'words.srt');
    await writeFile(words, '1\n00:00:01,000 --> 00:00:02,000\n비\n');
    const maps = Array.from({ length: count }, () => ['-map', '1']).flat();
    const input = [...picture(1), '-i', words, '-map', '0'];
    const path = await made(`words-${count}.mkv`, ...input, ...maps, ...h264, '-c:s', 'srt');
    await expect(workOn(path)).rejects.toMatchObject({
      code: 'UPLOAD_INVALID_FORMAT',
      message: expect.stringContaining('more than 100 tracks') as string,
    });
  });
});

it('a clock that jumps by a day is called broken', async () => {
  const jump = ['-vf', "setpts='PTS+gt(N,9)*86400/TB'", '-fps_mode', 'vfr'];
  const path = await made('day.mkv', ...picture(1), ...jump, ...h264);
  await expect(workOn(path)).rejects.toMatchObject({
    code: 'UPLOAD_INVALID_FORMAT',
    message: expect.stringContaining('stands still for 24 hours') as string,
  });
});

describe('every frame is shown, at its time, of', () => {
  const shift = "setpts='PTS+gt(N,90)*36000/TB'";
  it.each([
    {
      of: 'a picture that stands still for ten hours',
      filter: shift,
      codec: hevc,
      file: 'still.mkv',
    },
    { of: 'one that H.264 could be copied of', filter: shift, codec: h264, file: 'still.mp4' },
    {
      of: 'frames ten minutes apart',
      filter: 'trim=end_frame=12,setpts=N*600/TB',
      codec: h264,
      file: 'slow.mkv',
    },
    {
      of: 'the same in HEVC',
      filter: 'trim=end_frame=12,setpts=N*600/TB',
      codec: hevc,
      file: 'slow.mp4',
    },
    { of: 'a single frame', filter: 'trim=end_frame=1', codec: hevc, file: 'one.mp4' },
    {
      of: 'a few frames of a recording that does not say when it starts',
      filter: 'trim=end_frame=4,setpts=N*600/TB',
      codec: [...h264, '-bf', '0', '-output_ts_offset', '95443'],
      file: 'unsaid.mkv',
    },
  ])('$of', async ({ filter, codec, file }) => {
    const path = await made(file, ...picture(5), '-vf', filter, '-fps_mode', 'vfr', ...codec);
    const work = await workOn(path);
    const [rendition] = work.probed.renditions;
    expect(rendition?.method).toBe('encoded');
    await work.run('encode', ['360p']);
    const times = await shownTimes(path);
    const shown = await shownTimes(await work.joined('360p'));
    expect(shown).toHaveLength(times.length);
    const [[start = 0], [shownStart = 0]] = [times, shown];
    const off = shown.map((time, n) => Math.abs(time - shownStart - ((times[n] ?? 0) - start)));
    expect(Math.max(...off)).toBeLessThan(0.0015);
    await work.close();
  });
});
