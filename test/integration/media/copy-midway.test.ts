import { chmod, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpeg, tools, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-midway-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function script(name: string, lines: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

/** A minute with a segment each six seconds. The sound jumps by 15 ms at `jump`, off the grid of its frames. */
async function film(name: string, jump = Infinity): Promise<string> {
  const [made, path] = [join(directory, `made-${name}`), join(directory, name)];
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=60'],
    ...['-f', 'lavfi', '-i', 'anoisesrc=d=60:r=48000:a=0.1,aformat=channel_layouts=stereo'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'],
    ...['-c:a', 'aac', '-b:a', '32k', made],
  );
  const shift = Number.isFinite(jump) ? [`setts=ts='TS+15*gt(TS,${jump * 1000})'`] : ['null'];
  await ffmpeg('-i', made, '-c', 'copy', '-bsf:a', ...shift, path);
  return path;
}

/**
 * An ffprobe that writes down from where it is asked for the packets of the sound. `patience`: what it waits for
 * before it answers.
 */
async function listeningTools(name: string, patience = 'true') {
  const log = join(directory, `${name}.log`);
  const listen = `echo "$*" >> ${log}; ${patience}`;
  const ffprobe = await script(`${name}-ffprobe`, [
    // In the middle all packets are asked for, of which those of the sound are taken.
    `case "$*" in *"-select_streams 0 "*) ;; *packet=*) ${listen};; esac`,
    `exec ${tools.ffprobe} "$@"`,
  ]);
  const asked = async () =>
    (await readFile(log, 'utf8')).match(/-read_intervals \S+/g)?.map((each) => each.slice(16));
  return { ffprobe, asked };
}

test('a copy is taken up in the middle without reading all before it, and is the same', async () => {
  const path = await film('film.mkv');
  // It answers only when ffmpeg has said all it had to say and is gone.
  const ended = join(directory, 'ended');
  const { ffprobe, asked } = await listeningTools(
    'late',
    `until [ -e ${ended} ]; do sleep 0.02; done`,
  );
  const ffmpegPath = await script('late-ffmpeg', [
    `${tools.ffmpeg} "$@"`,
    `code=$?; : > ${ended}; exit $code`,
  ]);
  const [whole, midway] = [await workOn(path), await workOn(path, { ffprobe, ffmpeg: ffmpegPath })];
  const names = whole.renditions.map(({ name }) => name);
  expect(whole.probed.renditions.map(({ method }) => method)).toEqual(['copied', 'copied']);
  await whole.run('copy', names);
  await midway.run('copy', names, 6, 1);
  expect(await asked()).toEqual([expect.stringMatching(/^\+2[34]/)]);
  for (const name of names) {
    const bytesOf = (work: typeof whole) =>
      work.published.get(name)?.find(({ number }) => number === 6)?.bytes;
    expect(bytesOf(midway)).toEqual(bytesOf(whole));
    expect(bytesOf(midway)).toBeDefined();
  }
  await Promise.all([whole.close(), midway.close()]);
});

test('where the last seconds of the sound do not say enough all before is read, but not of a large file', async () => {
  const path = await film('jumping.mkv', 30);
  const [small, large] = [await listeningTools('small'), await listeningTools('large')];
  const work = await workOn(path, { ffprobe: small.ffprobe });
  await work.run('copy', ['audio-0'], 6, 1);
  expect(await small.asked()).toEqual([
    expect.stringMatching(/^\+2[34]/),
    expect.stringMatching(/^%/),
  ]);
  const ofLarge = await workOn(path, { ffprobe: large.ffprobe });
  // Of zeros that take no place.
  await truncate(path, 1024 ** 3);
  await ofLarge.run('copy', ['audio-0'], 6, 1);
  expect(await large.asked()).toEqual([expect.stringMatching(/^\+2[34]/)]);
  expect(ofLarge.published.get('audio-0')?.map(({ number }) => number)).toContain(6);
  await Promise.all([work.close(), ofLarge.close()]);
});
