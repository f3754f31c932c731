import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

/**
 * An ffprobe that writes down from where it is asked for the packets of the sound, and answers only when ffmpeg has
 * said all it had to say and is gone.
 */
async function listeningTools(log: string) {
  const ended = join(directory, 'ended');
  const listen = `echo "$*" >> ${log}; until [ -e ${ended} ]; do sleep 0.02; done`;
  return {
    ffprobe: await script('ffprobe', [
      `case "$*" in *"-select_streams 1 "*packet=*) ${listen};; esac`,
      `exec ${tools.ffprobe} "$@"`,
    ]),
    ffmpeg: await script('ffmpeg', [`${tools.ffmpeg} "$@"`, `code=$?; : > ${ended}; exit $code`]),
  };
}

test('a copy is taken up in the middle without reading all before it, and is the same', async () => {
  const path = join(directory, 'film.mkv');
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=60'],
    ...['-f', 'lavfi', '-i', 'anoisesrc=d=60:r=48000:a=0.1,aformat=channel_layouts=stereo'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'],
    ...['-c:a', 'aac', '-b:a', '32k', path],
  );
  const log = join(directory, 'asked.log');
  const [whole, midway] = [await workOn(path), await workOn(path, await listeningTools(log))];
  const names = whole.renditions.map(({ name }) => name);
  expect(whole.probed.renditions.map(({ method }) => method)).toEqual(['copied', 'copied']);
  await whole.run('copy', names);
  await midway.run('copy', names, 6, 1);
  const asked = (await readFile(log, 'utf8')).trim().split('\n');
  expect(asked).toEqual([expect.stringMatching(/-read_intervals \+/)]);
  for (const name of names) {
    const bytesOf = (work: typeof whole) =>
      work.published.get(name)?.find(({ number }) => number === 6)?.bytes;
    expect(bytesOf(midway)).toEqual(bytesOf(whole));
    expect(bytesOf(midway)).toBeDefined();
  }
  await Promise.all([whole.close(), midway.close()]);
});
