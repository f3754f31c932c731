import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { JobView, VideoView } from '../../src/shared/contract/index.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip } from '../support/clips.js';
import { countFrames, playEpisode } from '../support/finished-episode.js';

const seconds = 90;
const kills = 20;
/** So many of them while the bytes arrive, the others while the transcode runs. */
const killsOfUpload = 4;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Every published file with what changes when it is made again. */
function publishedFiles(home: string): Map<string, string> {
  const videos = join(home, 'media', 'videos');
  const names = readdirSync(videos, { recursive: true, encoding: 'utf8' });
  const segments = names.filter((name) => /(\.m4s|init\.mp4|cues\.vtt)$/.test(name));
  return new Map(
    segments.map((name) => {
      const { ino, mtimeMs, size } = statSync(join(videos, name));
      return [name, `${ino} ${mtimeMs} ${size}`];
    }),
  );
}

/** Command lines of ffmpeg processes that work on this home. */
function encoders(home: string): string[] {
  const list = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes('ffmpeg') && line.includes(home));
}

async function findJob(cli: CliHome): Promise<JobView | undefined> {
  const { out } = await cli.kdrama('list', '--json');
  const id = (out === '' ? undefined : (JSON.parse(out.split('\n')[0] ?? '') as { id: string }))
    ?.id;
  if (id === undefined) return undefined;
  return JSON.parse((await cli.kdrama('status', id, '--json')).out) as JobView;
}

it(`an episode survives ${kills} daemons killed at random moments, with every frame once`, async () => {
  const file = await makeClip({ ...episodeClip, seconds });
  const cli = await cliHome({ KDRAMA_LISTEN: `127.0.0.1:${await freePort()}` });
  try {
    const kill = async () => {
      const pid = cli.daemonPid();
      const before = publishedFiles(cli.home);
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => encoders(cli.home), { timeout: 5000 }).toEqual([]);
      expect((await cli.kdrama('start')).exit).toBe(0);
      const after = publishedFiles(cli.home);
      for (const [name, made] of before) {
        // What is on the disk but was not yet recorded may go; nothing is made a second time.
        if (after.has(name)) expect([name, after.get(name)]).toEqual([name, made]);
      }
    };
    expect((await cli.kdrama('start')).exit).toBe(0);
    for (let done = 0; done < killsOfUpload; done += 1) {
      const upload = cli.start(['upload', '--via=http', '-q', file]);
      await wait(100 + Math.random() * 900);
      await kill();
      upload.child.kill('SIGKILL');
      await upload.ended;
    }
    expect((await cli.kdrama('upload', '--via=http', '-q', file)).exit).toBe(0);
    const rest = kills - killsOfUpload;
    let progress = 0;
    for (let done = 0; done < rest; done += 1) {
      // Drawn from the way that is left, so that each daemon gets on: a task that was running at
      // five deaths without anything new of it in between is meant to fail.
      const step = (100 - progress) / (rest - done);
      const moment = progress + step * (0.25 + 0.75 * Math.random());
      await expect
        .poll(
          async () => {
            const job = await findJob(cli);
            expect(job?.error ?? null).toBeNull();
            expect(job?.progress ?? 0).toBeGreaterThanOrEqual(progress);
            progress = job?.progress ?? 0;
            return progress >= moment || job?.status === 'completed';
          },
          { timeout: 120_000, interval: 50 },
        )
        .toBe(true);
      await kill();
    }
    const job = await findJob(cli);
    expect((await cli.kdrama('wait', job?.jobId ?? '', '--timeout', '5m')).exit).toBe(0);
    await expectWhole(cli, job?.videoId ?? '');
  } finally {
    await cli.remove();
  }
});

async function expectWhole(cli: CliHome, videoId: string): Promise<void> {
  const { url } = JSON.parse((await cli.kdrama('start', '--json')).out) as { url: string };
  const token = (await cli.kdrama('token', 'show')).out.trim();
  const response = await fetch(`${url}/api/v1/videos/${videoId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const video = (await response.json()) as VideoView;
  expect(video.status).toBe('completed');
  const played = await playEpisode(`${url}${video.streamingUrls.hls}`, cli.home);
  expect([...played.pictures.keys()]).toEqual([1080, 720, 360]);
  for (const { path } of played.pictures.values()) {
    expect(await countFrames(path)).toBe(seconds * episodeClip.framesPerSecond);
  }
  expect(readdirSync(join(cli.home, 'media', 'attempts'))).toEqual([]);
  expect(readdirSync(join(cli.home, 'media', 'uploads'))).toEqual([]);
}
