import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobEvent, VideoView } from '../../src/shared/contract/index.js';
import { bash } from '../support/bash.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip, type Clip } from '../support/clips.js';
import { daemonDouble, videoView } from '../support/daemon-double.js';

const clip: Clip = { ...episodeClip, size: '320x180', subtitles: [], seconds: 3 };
let cli: CliHome;
beforeEach(async () => {
  cli = await cliHome();
});
afterEach(async () => {
  await cli.remove();
});

/** A file of the home with its own content: clips of other lengths are other episodes. */
async function episode(name: string, seconds = clip.seconds): Promise<string> {
  copyFileSync(await makeClip({ ...clip, seconds }), join(cli.home, name));
  return join(cli.home, name);
}

const idLine = /^\w{14}\n$/;

describe('in a pipeline of the shell', () => {
  test('find, upload and wait take names with spaces and line breaks to ready videos', async () => {
    mkdirSync(join(cli.home, 'in'));
    await episode('in/one two.mkv', 3);
    await episode('in/three\nfour.mkv', 4);
    const { exit, out } = await bash(
      `find in -name '*.mkv' -print0 | kdrama upload -0 --files-from - -q |
         kdrama wait --files-from - --timeout 2h && echo done`,
      cli,
    );
    expect(exit).toBe(0);
    expect(out).toMatch(/^\w{14}\tready\n\w{14}\tready\ndone\n$/);
  });

  test('what curl brings is an episode like any other', async () => {
    const file = readFileSync(await episode('source.mkv'));
    const web = createServer((_request, response) => response.end(file)).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
    const line = `id=$(curl -fsS ${url} | kdrama upload - --name Goblin.S01E02.mkv -q --wait) && echo $id`;
    const piped = await bash(line, cli);
    web.close();
    expect([piped.err, piped.exit]).toEqual(['', 0]);
    expect(piped.out).toMatch(idLine);
    const [video] = JSON.parse(`[${(await cli.kdrama('list', '--json')).out}]`) as VideoView[];
    expect(video).toMatchObject({
      filename: 'Goblin.S01E02.mkv',
      sizeBytes: file.length,
      episode: 2,
    });
    // The same bytes from the disk are the same video.
    const again = await cli.kdrama('upload', join(cli.home, 'source.mkv'), '-q');
    expect(again.out).toBe(piped.out);
  });

  test('a pipe that brings no video is refused in words, and one without a name at once', async () => {
    const noise = await bash('head -c 3000000 /dev/urandom | kdrama upload - --name a.mp4', cli);
    expect([noise.exit, noise.out]).toEqual([1, '']);
    expect(noise.err).toContain('File format not supported');
    expect(noise.err).toMatch(/^a\.mp4: uploading /m);
    const nothing = await bash('true | kdrama upload - --name a.mp4', cli);
    expect([nothing.exit, nothing.err]).toEqual([1, expect.stringContaining('empty')]);
    expect((await bash('kdrama upload - </dev/null', cli)).exit).toBe(2);
    expect((await cli.kdrama('list', '-q')).out).toBe('');
  });

  test('three MiB of JSON arrive whole, and a reader that leaves is no error', async () => {
    const videos = Array.from({ length: 8000 }, (_, i) => videoView({ id: `video${i}` }));
    const daemon = await daemonDouble(cli.home, () => ({ body: { videos, nextCursor: null } }));
    const all = await bash(`kdrama list --json | tee all | tail -n 1`, cli);
    expect(JSON.parse(all.out)).toMatchObject({ id: 'video7999' });
    expect(readFileSync(join(cli.home, 'all')).length).toBeGreaterThan(3 * 1024 * 1024);
    const some = await bash(`kdrama list --json | head -n 1`, cli);
    await daemon.close();
    expect(some.err).toBe('');
  });

  test('status --json --follow has every event of a job to its end', async () => {
    const file = await episode('a.mkv');
    const { out, err, exit } = await bash(
      `id=$(kdrama upload -q ${file}) && kdrama status --json --follow --exit-status $id`,
      cli,
    );
    expect([err, exit]).toEqual(['', 0]);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JobEvent);
    expect(events.at(-1)?.data.status).toBe('completed');
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test('a list that does not end is given up with the time limit', async () => {
    const { exit } = await bash('sleep 5 | kdrama wait --files-from - --timeout 0.5; exit $?', cli);
    // bash waits for sleep; what counts is the code.
    expect(exit).toBe(124);
  }, 60_000);
});

describe('a directory', () => {
  test('is its video files in order, and what a link in it points to is none of them', async () => {
    mkdirSync(join(cli.home, 'season/extras'), { recursive: true });
    await episode('season/E10.mkv', 3);
    await episode('season/E2.mkv', 4);
    await episode('season/extras/making of.mkv', 5);
    await episode('season/.hidden.mkv', 6);
    symlinkSync(await episode('elsewhere.mkv', 7), join(cli.home, 'season/link.mkv'));
    writeFileSync(join(cli.home, 'season/notes.txt'), 'none');
    const { exit, out } = await bash('kdrama upload season --json', cli);
    expect(exit).toBe(0);
    const files = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { file: string }).file);
    expect(files).toEqual(['season/E2.mkv', 'season/E10.mkv', 'season/extras/making of.mkv']);
  });

  test('without a video is said to have none, and the others go on: 6 and a line for each', async () => {
    mkdirSync(join(cli.home, 'empty'));
    await episode('a.mkv');
    const { exit, out, err } = await bash('kdrama upload empty a.mkv gone.mkv -q', cli);
    expect(exit).toBe(6);
    expect(out).toMatch(idLine);
    expect(err).toMatch(/^kdrama: empty: .*without videos/m);
    expect(err).toMatch(/^kdrama: gone\.mkv: .*no such file/m);
  });
});

test('exit codes are the same for what ended long ago', async () => {
  const file = await episode('a.mkv');
  const { out } = await cli.kdrama('upload', file, '-q', '--wait');
  const id = out.trim();
  const exitOf = async (...words: string[]) => (await cli.kdrama(...words)).exit;
  expect(await exitOf('wait', id, '-q')).toBe(0);
  expect(await exitOf('wait', id, 'nothere', '-q')).toBe(6);
  expect(await exitOf('wait', 'nothere', '-q')).toBe(3);
  expect(await exitOf('status', id, '--exit-status')).toBe(0);
  expect(await exitOf('cancel', id)).toBe(1);
  expect(await exitOf('upload', file, '-q', '--wait')).toBe(0);
  expect(await exitOf('upload', file, '--wait=soon')).toBe(2);
});

describe.skipIf(process.platform !== 'linux')('onto a full disk', () => {
  test.each(['list -q', 'logs -n 5000', 'export video1 -o -'])(
    '%s says so in one sentence and fails',
    async (words) => {
      const entry = JSON.stringify({ level: 30, time: 1, msg: 'one of many' });
      writeFileSync(join(cli.home, 'daemon.log'), `${entry}\n`.repeat(5000));
      const videos = [videoView()];
      const double = await daemonDouble(cli.home, ({ path }) => {
        if (path.startsWith('/videos?')) return { body: { videos } };
        if (path.endsWith('/subtitles')) return { body: { subtitles: [] } };
        const planned = { availableQualities: ['360p'], sounds: [], chapters: [] };
        return { body: { ...videoView(), ...planned } };
      });
      const { exit, out, err } = await bash(`kdrama ${words} > /dev/full`, cli);
      await double.close();
      rmSync(join(cli.home, 'daemon.json'));
      expect([exit, out]).toEqual([1, '']);
      expect(err).toBe('kdrama: standard output cannot be written: no space left on device\n');
    },
  );
});
