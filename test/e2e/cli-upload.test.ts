import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { daemonDouble, jobView, videoView } from '../support/daemon-double.js';
import { makeClip } from '../support/clips.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { makePaddedClip, paddedClip } from '../support/padded-clip.js';

let cli: CliHome;
let episode: string;
beforeEach(async () => {
  cli = await cliHome();
  episode = await makeClip(paddedClip);
});
afterEach(async () => {
  await cli.remove();
});

describe('upload', () => {
  test('starts the daemon, waits until the episode is ready, and answers at once the next time', async () => {
    const first = await cli.kdrama('upload', episode, '--json', '--wait=ready', '--title=비 "1"');
    expect(first.exit).toBe(0);
    const made = JSON.parse(first.out) as { videoId: string; jobId: string };
    expect(made).toMatchObject({
      title: '비 "1"',
      status: 'completed',
      playable: true,
      via: 'import',
    });
    const again = await cli.kdrama('upload', episode, '-q', '--via=http');
    expect(again).toMatchObject({ exit: 0, out: `${made.videoId}\n`, err: '' });
    const list = await cli.kdrama('list', '--json');
    expect(JSON.parse(list.out)).toMatchObject({ id: made.videoId, title: '비 "1"' });
    expect((await cli.kdrama('wait', made.videoId, '-q')).out).toBe(`${made.videoId}\n`);
    expect((await cli.kdrama('status', made.jobId, '--exit-status', '-q')).exit).toBe(0);
  });

  test('that is interrupted goes on in a new process where it was', async () => {
    const file = join(cli.home, 'large.mp4');
    await makePaddedClip(file, 96);
    await cli.kdrama('start');
    const interrupted = cli.start(['upload', '--via=http', file]);
    await interrupted.said(/uploading .*, [1-8]0%/);
    interrupted.child.kill('SIGINT');
    const { exit, err, out } = await interrupted.ended;
    expect([exit, out]).toEqual([130, '']);
    expect(err).toContain(`kdrama upload --via=http ${file}`);
    const resumed = await cli.kdrama('upload', '--via=http', '--wait', file);
    expect(resumed.exit).toBe(0);
    expect(resumed.err.split('\n')[0]).toMatch(/uploading .*, [1-9]0%/);
  });

  test('says at once what a file is that is no episode, and goes on with the others', async () => {
    const sound = join(cli.home, 'sound.mp4');
    execFileSync('ffmpeg', ['-v', 'error', '-i', episode, '-vn', '-sn', '-c', 'copy', sound]);
    const text = join(cli.home, 'text.mkv');
    writeFileSync(text, 'Dear diary\n'.repeat(100));
    const { exit, out, err } = await cli.kdrama('upload', sound, text, episode);
    expect(exit).toBe(6);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/sound\.mp4: File format not supported: .*(sound|audio)/);
    expect(err).toMatch(/text\.mkv: File format not supported: .*text/);
  });

  test('takes names with quotes, newlines, %d and Hangul in NFD, and prints them safely', async () => {
    const name = `${'도깨비'.normalize('NFD')} "it's" %d\n.E01.mkv`;
    copyFileSync(episode, join(cli.home, name));
    const { exit, out, err } = await cli.kdrama('upload', join(cli.home, name), '--wait=playable');
    expect(exit).toBe(0);
    expect(out).toContain(`도깨비 "it's" %d\\n.E01.mkv`);
    expect((out + err).split('\n').every((line) => !line.startsWith('.E01'))).toBe(true);
  });
});

describe('in a pipeline', () => {
  test('waiting for many jobs at once says nothing but what happens to them', async () => {
    const daemon = await daemonDouble(cli.home, () => ({ body: jobView() }));
    const ids = Array.from({ length: 30 }, (_, i) => `job${i}`);
    const { exit, err } = await cli.kdrama('wait', ...ids, '--timeout=1', '-q');
    await daemon.close();
    expect([exit, err]).toEqual([124, '']);
  });

  test('nothing is cut off, however large it is', async () => {
    const videos = Array.from({ length: 8000 }, (_, i) => videoView({ id: `video${i}` }));
    const daemon = await daemonDouble(cli.home, () => ({ body: { videos } }));
    const { exit, out } = await cli.kdrama('list', '--json');
    await daemon.close();
    expect(exit).toBe(0);
    expect(out.length).toBeGreaterThan(3_000_000);
    expect(out.split('\n')).toHaveLength(8001);
  });

  test('a reader that has enough is no error', async () => {
    const videos = Array.from({ length: 8000 }, (_, i) => videoView({ id: `video${i}` }));
    const daemon = await daemonDouble(cli.home, () => ({ body: { videos } }));
    const list = cli.start(['list', '--json']);
    list.child.stdout?.once('data', () => list.child.stdout?.destroy());
    const { err } = await list.ended;
    await daemon.close();
    expect(err).toBe('');
  });
});
