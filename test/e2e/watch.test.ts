import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VideoView, WatchedFileView } from '../../src/shared/contract/index.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { shortClip } from '../support/short-clip.js';

const writer = fileURLToPath(new URL('../support/slow-writer.mjs', import.meta.url));

let at: CliHome;
let folder: string;
beforeEach(async () => {
  at = await cliHome({ KDRAMA_WATCH_SETTLE_SECONDS: '1' });
  folder = await realpath(await mkdtemp(join(tmpdir(), 'kdrama-watched-')));
});
afterEach(async () => {
  await at.remove();
  await rm(folder, { recursive: true, force: true });
});

const path = (name: string) => join(folder, name);
async function lines<T>(...words: string[]): Promise<T[]> {
  const { out } = await at.kdrama(...words, '--json');
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
const files = () => lines<WatchedFileView>('watch', 'list', folder);
const stateOf = async (name: string) =>
  (await files()).find((file) => file.path === path(name))?.state;
const becomes = (name: string, state: string) =>
  expect.poll(() => stateOf(name), { timeout: 60_000, interval: 200 }).toBe(state);
const videos = () => lines<VideoView>('list');

/** A process of its own that copies the clip into the folder, slowly. */
function copySlowly(name: string, from: string, ...pace: number[]) {
  return promisify(execFile)('node', [writer, from, path(name), ...pace.map(String)]);
}

describe('kdrama watch', () => {
  test('starts the daemon, returns, and takes a file when its slow writer is done', async () => {
    const { exit, out, err } = await at.kdrama('watch', folder);
    expect([exit, out.split('\t')[1]]).toEqual([0, `${folder}\n`]);
    expect(err).toContain('Started the daemon');
    let isWritten = false;
    const source = await shortClip();
    const write = async () => {
      await copySlowly('Rain.S01E03.mkv', source, 20, 200);
      isWritten = true;
    };
    const writing = write();
    while (!isWritten) {
      const state = await stateOf('Rain.S01E03.mkv');
      if (!isWritten) expect([undefined, 'waiting']).toContain(state);
    }
    await writing;
    await becomes('Rain.S01E03.mkv', 'added');
    expect(await videos()).toMatchObject([{ series: 'Rain', season: 1, episode: 3 }]);
    expect((await at.kdrama('status')).err).toContain(`Watching ${folder} (keep): nothing waits`);
  });

  test('says what is wrong with a copy that paused, and takes it when it has gone on', async () => {
    await at.kdrama('watch', '-q', folder);
    const writing = copySlowly('a.mkv', await shortClip(), 10, 50, 8000);
    await becomes('a.mkv', 'refused');
    const [refused] = await files();
    expect(refused?.error?.message).toContain('cut off');
    await writing;
    await becomes('a.mkv', 'added');
    expect(await videos()).toHaveLength(1);
  });

  test('takes each file once, however often the daemon is killed', async () => {
    const tones = ['testsrc2', 'testsrc', 'smptebars', 'yuvtestsrc'] as const;
    for (const tone of tones) await copyFile(await shortClip(tone), path(`${tone}.mkv`));
    await at.kdrama('watch', '-q', '--move', folder);
    for (const pauseMs of [900, 1100, 1300, 1500, 1800]) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs)); // somewhere in the middle
      process.kill(at.daemonPid(), 'SIGKILL');
      await at.kdrama('start', '-q');
    }
    for (const tone of tones) await becomes(`${tone}.mkv`, 'added');
    await expect.poll(() => readdir(folder), { timeout: 30_000 }).toEqual([]);
    const found = await videos();
    expect(found.map(({ title }) => title).toSorted()).toEqual(tones.toSorted());
  });
});

describe('kdrama watch --once', () => {
  test('prints each file with what became of it, and with exit code 6 that some are none', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await writeFile(path('b.mkv'), 'text');
    await copyFile(await shortClip('testsrc'), path('c.mkv.part'));
    const { exit, out, err } = await at.kdrama('watch', '--once', folder);
    const [video] = await videos();
    expect([exit, out]).toEqual([
      6,
      `${video?.id}\tadded\t${path('a.mkv')}\n-\trefused\t${path('b.mkv')}\n`,
    ]);
    expect(err).toContain('this is text');
    expect(await lines('watch', 'list')).toEqual([]);
  });

  test('again is harmless; with --move it empties the folder', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const first = await at.kdrama('watch', '--once', '-q', folder);
    const again = await at.kdrama('watch', '--once', '-q', folder);
    expect([again.exit, again.out]).toEqual([0, first.out]);
    expect(await readdir(folder)).toEqual(['a.mkv']);
    const moving = await at.kdrama('watch', '--once', '--move', '-q', folder);
    expect([moving.exit, moving.out]).toEqual([0, first.out]);
    expect(await readdir(folder)).toEqual([]);
    expect(await videos()).toHaveLength(1);
  });

  test('takes what is renamed into place while it waits', async () => {
    await writeFile(path('a.mkv'), '');
    await copyFile(await shortClip(), path('.a.mkv.rsync'));
    const running = at.start(['watch', '--once', '-q', folder]);
    await rename(path('.a.mkv.rsync'), path('a.mkv'));
    expect(await running.ended).toMatchObject({ exit: 0 });
    expect(await videos()).toHaveLength(1);
  });
});
