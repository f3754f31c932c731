import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shownTimes, tools, workOn } from '../../support/worker-bench.js';

const exec = promisify(execFile);
let directory: string;
let large: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-beginnings-'));
  large = join(directory, 'large.mkv');
  await exec('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24:duration=70'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '48', '-pix_fmt', 'yuv420p', large],
  ]);
  // Only then is its index used.
  await truncate(large, 80 * 1024 * 1024);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** An ffprobe that writes down what packets it is asked for. */
async function listening(name: string) {
  const [ffprobe, log] = [join(directory, name), join(directory, `${name}.log`)];
  await writeFile(log, '');
  await writeFile(ffprobe, `#!/bin/sh\necho "$*" >> ${log}\nexec ${tools.ffprobe} "$@"\n`);
  await chmod(ffprobe, 0o755);
  const asked = async () => (await readFile(log, 'utf8')).trim().split('\n');
  const listings = async () => (await asked()).filter((line) => line.includes('packet='));
  return { ffprobe, asked, listings };
}

describe('the beginning of a large source', () => {
  test('is listed for its plan, and not again for its first segments', async () => {
    const { ffprobe, listings } = await listening('once');
    const work = await workOn(large, { ffprobe });
    await work.run('copy', ['360p'], 0, 4);
    expect(await listings()).toEqual([]);
    const end = (work.probed.boundaries[4] ?? 0) / 90_000;
    expect(await shownTimes(await work.joined('360p'))).toHaveLength(Math.round(end * 24));
    // What lies behind it was not.
    await work.run('copy', ['360p'], 4, 2);
    expect(await listings()).not.toEqual([]);
    await work.close();
  });

  test('is listed again where the file has changed meanwhile', async () => {
    const { ffprobe, listings } = await listening('changed');
    const work = await workOn(large, { ffprobe });
    await utimes(large, 1, 1);
    await work.run('copy', ['360p'], 0, 4);
    expect(await listings()).toHaveLength(1);
    await work.close();
  });
});

const sparse = ['-vf', "fps=60,select='lt(mod(n,11),4)'", '-fps_mode', 'vfr', '-c:v', 'libx264'];
test.each([
  ['', 'mp4', ['-c:v', 'copy']],
  // Twice as many frames as it has would be its first half minute.
  [' of variable frame rate', 'mov', [...sparse, '-preset', 'ultrafast', '-g', '48']],
])('a large MP4%s is planned by asking ffprobe twice', async (_, type, encoding) => {
  const path = join(directory, `large.${type}`);
  await exec('ffmpeg', [
    ...['-v', 'error', '-i', large, '-f', 'lavfi', '-i', 'sine=duration=70.5'],
    ...['-map', '0:v', '-map', '1:a', ...encoding, '-c:a', 'aac', path],
  ]);
  await truncate(path, 80 * 1024 * 1024);
  const { ffprobe, asked, listings } = await listening(type);
  const work = await workOn(path, {}, { probedWith: { ...tools, ffprobe } });
  // What it is, and how it begins and ends.
  expect(await asked()).toHaveLength(2);
  expect(await listings()).toHaveLength(1);
  expect(work.probed.durationTicks / 90_000).toBeCloseTo(70.5, 1);
  await work.close();
});
