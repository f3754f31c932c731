import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JobView, UploadAccepted } from '../../../src/shared/contract/index.js';
import { masterUrl, sendEpisode } from '../../support/completed-job.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { ffmpeg, shownTimes } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const seconds = 60;
let directory: string;
let daemon: TestDaemon;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-unmade-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  daemon = await startTestDaemon();
});
afterEach(() => daemon.close());

/** As cameras and most programs write it: what tells where the frames are comes last. */
async function clip(name: string, ...encoding: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=24:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:duration=${seconds}`],
    ...['-pix_fmt', 'yuv420p', '-g', '48', ...encoding, '-c:a', 'aac', path],
  );
  const bytes = await readFile(path);
  expect(bytes.lastIndexOf('moov')).toBeGreaterThan(bytes.indexOf('mdat'));
  return path;
}

async function playable(path: string): Promise<JobView> {
  const accepted = (await (await sendEpisode(daemon, path)).json()) as UploadAccepted;
  const view = async () =>
    (await (await daemon.fetch(`/jobs/${accepted.transcodingJobId}`)).json()) as JobView;
  await expect.poll(async () => (await view()).playable, { interval: 10 }).toBe(true);
  return view();
}

/** Of a picture that is encoded: its init segment, its segments and where each begins. */
async function smallest({ videoId }: JobView) {
  const master = await masterUrl(daemon, videoId);
  const uri = /RESOLUTION=640x360.*\n(.+)/.exec(await (await fetch(master)).text())?.[1] ?? '';
  const playlist = new URL(uri, master);
  const text = await (await fetch(playlist)).text();
  const at = (name: string) => new URL(name, playlist);
  const lengths = [...text.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => Number(length));
  const starts = lengths.map((_, n) => lengths.slice(0, n).reduce((sum, each) => sum + each, 0));
  return { init: at('init.mp4'), segment: (n: number) => at(`${n}.m4s`), starts };
}

/** Requests for segments that ended before there was one. */
async function requestsGivenUp(): Promise<number> {
  const headers = { accept: 'text/plain' };
  const text = await (await daemon.fetch('/metrics', { headers })).text();
  return Number(/^kdrama_segment_requests_total\{outcome="pending"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

/** As players ask: what a busy machine has not made within 8 s is asked for again. */
async function patiently(url: URL): Promise<Response> {
  const answer = await fetch(url);
  return answer.status === 503 ? patiently(url) : answer;
}

test.each([
  ['copied', ['-c:v', 'libx264', '-preset', 'ultrafast']],
  ['encoded', ['-c:v', 'mpeg4', '-q:v', '5']],
] as const)(
  'viewers far apart see what is not made yet of a source that is %s',
  async (method, encoding) => {
    const job = await playable(await clip(`${method}.mp4`, ...encoding));
    expect(job.renditions.find(({ name }) => name === '720p')?.method).toBe(method);
    const { init, segment, starts } = await smallest(job);
    const places = [Math.floor(starts.length / 2), starts.length - 1];
    const gone = new AbortController();
    const left = fetch(segment(starts.length - 3), { signal: gone.signal });
    const header = Buffer.from(await (await fetch(init)).arrayBuffer());
    gone.abort();
    await expect(left).rejects.toThrow();
    // It would have been held for 8 s.
    await expect.poll(requestsGivenUp, { timeout: 4_000 }).toBe(1);
    const answers = await Promise.all(places.map((place) => patiently(segment(place))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    // While they were shown it, most was still to be made.
    const { segmentsDone = 0, segments = 0 } =
      ((await (await daemon.fetch(`/jobs/${job.jobId}`)).json()) as JobView).renditions.find(
        ({ name }) => name === '360p',
      ) ?? {};
    expect(segmentsDone).toBeLessThan(segments);
    for (const [n, answer] of answers.entries()) {
      const path = join(directory, `${method}-${n}.mp4`);
      await writeFile(path, Buffer.concat([header, Buffer.from(await answer.arrayBuffer())]));
      const [first = NaN] = await shownTimes(path);
      expect(Math.abs(first - (starts[places[n] ?? 0] ?? NaN))).toBeLessThan(0.03);
      await exec('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
    }
  },
);
