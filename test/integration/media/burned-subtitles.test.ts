import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyJob, sendEpisode } from '../../support/completed-job.js';
import { startTestDaemon } from '../../support/daemon.js';
import { pictureSubtitles } from '../../support/picture-subtitles.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const rate = 25;
/** The second stand across two seams, and begin long before the later one. */
const words = [
  { from: 2, to: 4 },
  { from: 5.52, to: 13 },
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-burned-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function episode(
  name: string,
  height: number,
  shape: readonly string[] = [],
  subtitles: readonly string[] = ['-c:s', 'copy'],
): Promise<string> {
  const sup = join(directory, 'words.sup');
  await writeFile(sup, pictureSubtitles(words, { width: 320, height: 180 }));
  const path = join(directory, name);
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `color=black:s=320x${height}:r=${rate}:d=20`],
    // Where they end is part of a DVB subtitle, of PGS it is the next one.
    ...['-fix_sub_duration', '-i', sup],
    ...['-map', '0', '-map', '1', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50'],
    ...[...shape, '-pix_fmt', 'yuv420p', ...subtitles, '-metadata:s:s:0', 'language=kor', path],
  );
  return path;
}

/** The brightness of each pixel, frame by frame. */
async function graysOf(path: string, pixels: number): Promise<Buffer[]> {
  const { stdout } = await exec(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-pix_fmt', 'gray', '-f', 'rawvideo', '-'],
    { encoding: 'buffer', maxBuffer: 1 << 28 },
  );
  return Array.from({ length: stdout.length / pixels }, (_, n) =>
    stdout.subarray(n * pixels, (n + 1) * pixels),
  );
}

const isWhite = (level: number) => level > 200;

/** The frames from which on something white is in the picture, or is no more, in turn. */
async function changesIn(path: string, pixels: number): Promise<number[]> {
  const white = (await graysOf(path, pixels)).map((frame) => frame.some(isWhite));
  return white.flatMap((is, n) => (is === (white[n - 1] ?? false) ? [] : [n]));
}

/** Left, right, top and bottom of what is white in a frame. */
function whiteBox(frame: Buffer, width: number): number[] {
  const at = [...frame].flatMap((level, n) => (isWhite(level) ? [n] : []));
  const [x, y] = [at.map((n) => n % width), at.map((n) => Math.floor(n / width))];
  return [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
}

describe('picture subtitles that are burned in', () => {
  // The second without the bars that the subtitles were made for.
  it.each([180, 140])('are in every frame that has them, %i lines high', async (height) => {
    const path = await episode(`words-${height}.mkv`, height);
    const work = await workOn(path, {}, { burn: 'ko' });
    const [picture] = work.probed.renditions;
    expect(picture).toMatchObject({ method: 'encoded', reason: '한국어 subtitles burned in' });
    for (let segment = work.segments - 1; segment >= 0; segment -= 1) {
      await work.run('encode', ['360p'], segment, 1);
    }
    const changes = words.flatMap(({ from, to }) => [from * rate, to * rate]);
    expect(await changesIn(await work.joined('360p'), 320 * height)).toEqual(changes);
    await work.close();
  });

  it.each([
    ['a transport stream (DVB)', 'broadcast.ts', ['-c:s', 'dvbsub'], 'ko'],
    // Discs say elsewhere in which language their words are.
    ['a stream of a Blu-ray (PGS)', 'disc.m2ts', ['-c:s', 'copy'], 'und'],
  ])('are taken from %s', async (_, name, subtitles, burn) => {
    const work = await workOn(await episode(name, 180, [], subtitles), {}, { burn });
    expect(work.probed.renditions[0]?.reason).toMatch(
      /^(?!.*subtitles subtitles).*subtitles burned in/i,
    );
    for (let segment = work.segments - 1; segment >= 0; segment -= 1) {
      await work.run('encode', ['360p'], segment, 1);
    }
    const changes = words.flatMap(({ from, to }) => [from * rate, to * rate]);
    expect(await changesIn(await work.joined('360p'), 320 * 180)).toEqual(changes);
    await work.close();
  });

  it('are stretched with the pixels of a picture in which they were drawn', async () => {
    const path = await episode('wide.mkv', 180, ['-vf', 'setsar=3/2']);
    const work = await workOn(path, {}, { burn: 'ko' });
    await work.run('encode', ['360p'], 0, 1);
    const frames = await graysOf(await work.joined('360p'), 480 * 180);
    // The box of 100 × 20 at 20, 130 of 320 × 180, half as wide again.
    const box = whiteBox(frames[3 * rate] ?? Buffer.alloc(0), 480);
    const off = [30, 180, 130, 150].map((side, n) => Math.abs(side - (box[n] ?? NaN)));
    expect(Math.max(...off)).toBeLessThan(4);
    await work.close();
  });

  it('are told to be missing where there are none, and which there are', async () => {
    const work = await workOn(await episode('plain.mkv', 180), {}, { burn: 'ja' });
    expect(work.probed.renditions[0]).toMatchObject({
      method: 'copied',
      reason: expect.stringMatching(
        /, no picture subtitles in ja to burn in, only in ko$/,
      ) as string,
    });
    await work.close();
  });

  it('are what a job asks for; who leaves it open means what is there', async () => {
    const daemon = await startTestDaemon();
    const path = await episode('asked.mkv', 180);
    const job = (query: string) => readyJob(daemon, path, query);
    const asked = await job('burnSubtitles=ko');
    expect(asked).toMatchObject({ renditions: [{ method: 'encoded' }] });
    expect((await job('')).jobId).toBe(asked.jobId);
    expect((await job('burnSubtitles=kor')).jobId).toBe(asked.jobId);
    const without = await job('burnSubtitles=off');
    expect(without).toMatchObject({ renditions: [{ method: 'copied' }] });
    expect(without.jobId).not.toBe(asked.jobId);
    const refused = await sendEpisode(daemon, path, 'burnSubtitles=Korean');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('expected a language like ko, or off');
    await daemon.close();
  });
});
