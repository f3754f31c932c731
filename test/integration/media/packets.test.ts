import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listPackets, listSoundBetween } from '../../../src/daemon/media/frames/packets.js';
import { ffmpeg, tools } from '../../support/worker-bench.js';

const { signal } = new AbortController();
/** The kernel adds up what a process and those that it waited for have read. */
const counts = existsSync('/proc/self/io');

test.skipIf(!counts).each(['mkv', 'mp4'])(
  'a place in the sound is found without reading what lies before it (%s)',
  async (container) => {
    const directory = await mkdtemp(join(tmpdir(), 'kdrama-packets-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const [path, log] = [join(directory, `clip.${container}`), join(directory, 'log')];
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=24', '-f', 'lavfi', '-i', 'sine=d=24'],
      ...['-c:v', 'mjpeg', '-q:v', '1', '-pix_fmt', 'yuvj420p', '-c:a', 'aac', path],
    );
    const ffprobe = join(directory, 'ffprobe');
    const counting = `grep rchar /proc/$$/io >> ${log}`;
    await writeFile(ffprobe, `#!/bin/sh\n${tools.ffprobe} "$@"\nrc=$?\n${counting}\nexit $rc\n`);
    await chmod(ffprobe, 0o755);

    const from = 20 * 90_000;
    const all = await listPackets(tools, path, 1, signal);
    const range = [from, Infinity] as const;
    const found = await listSoundBetween({ ...tools, ffprobe }, path, 1, range, signal);
    const behind = (packets: typeof found) => packets.filter(({ ticks = 0 }) => ticks >= from);
    expect(behind(found)).toEqual(behind(all));
    expect(behind(found).length).toBeGreaterThan(100);
    const [, readBytes] = /rchar: (\d+)/.exec(await readFile(log, 'utf8')) ?? [];
    expect(Number(readBytes)).toBeGreaterThan(1000);
    expect(Number(readBytes)).toBeLessThan((await stat(path)).size / 2);
  },
);
