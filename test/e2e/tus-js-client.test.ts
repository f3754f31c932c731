import { createReadStream, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tus from 'tus-js-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobView, VideoView } from '../../src/shared/contract/index.js';
import { startDaemonProcess, type DaemonProcess } from '../support/daemon-process.js';
import { countFrames, playEpisode } from '../support/finished-episode.js';
import { makePaddedClip, paddedClip } from '../support/padded-clip.js';

const MiB = 1024 * 1024;
/** Its types leave it out. */
const { FileUrlStorage } = tus as unknown as {
  FileUrlStorage: new (path: string) => tus.UrlStorage;
};
let home: string;
let file: string;
let daemon: DaemonProcess;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-tus-'));
  file = join(home, 'episode.mp4');
  await makePaddedClip(file, 40);
  daemon = await startDaemonProcess(home);
});
afterEach(async () => {
  await daemon.end('SIGTERM');
  await rm(home, { recursive: true });
});

interface Sending {
  /** Methods of the requests, in order. */
  readonly methods: string[];
  readonly ended: Promise<string>;
  readonly upload: tus.Upload;
}

/** A new instance, as after a restart of the client: what it knows is what lies in the storage. */
async function send(
  chunkSize: number,
  onProgress: (sentBytes: number, upload: tus.Upload) => void,
): Promise<Sending> {
  const methods: string[] = [];
  let videoId = '';
  let upload!: tus.Upload;
  const ended = new Promise<string>((resolve, reject) => {
    upload = new tus.Upload(createReadStream(file), {
      endpoint: `${daemon.url}/api/v1/tus`,
      urlStorage: new FileUrlStorage(join(home, 'tus-urls.json')),
      headers: { authorization: `Bearer ${daemon.token}` },
      metadata: { filename: 'Rain.S01E02.mp4', filetype: 'video/mp4' },
      chunkSize,
      retryDelays: [200, 500, 1000, 1000, 1000, 2000, 2000, 3000, 3000],
      onBeforeRequest: (request: tus.HttpRequest) => void methods.push(request.getMethod()),
      onAfterResponse: (_request, response) => {
        videoId = response.getHeader('Kdrama-Video-Id') ?? videoId;
      },
      onChunkComplete: (_size, accepted) => onProgress(accepted, upload),
      onProgress: (sent) => onProgress(sent, upload),
      onSuccess: () => resolve(videoId),
      onError: reject,
    });
  });
  const [before] = await upload.findPreviousUploads();
  if (before !== undefined) upload.resumeFromPreviousUpload(before);
  upload.start();
  return { methods, ended, upload };
}

test('tus-js-client breaks off, goes on in a new instance and over a killed daemon, and the video plays', async () => {
  const { size } = statSync(file);
  const brokenOff = new Promise<void>((resolve) => {
    void send(4 * MiB, (bytes, upload) => {
      if (bytes > size * 0.3) resolve(upload.abort());
    });
  });
  await brokenOff;

  const { child } = daemon;
  const killed = new Promise<Sending>((resolve, reject) => {
    const second = send(6 * MiB, (bytes) => {
      if (bytes < size * 0.6 || child.killed) return;
      child.kill('SIGKILL');
      second.then(resolve, reject);
    });
  });
  const second = await killed;
  await daemon.end('SIGKILL');
  daemon = await startDaemonProcess(home, new URL(daemon.url).host);

  const videoId = await second.ended;
  // Never begun anew, neither after the abort nor after the kill.
  expect(second.methods[0]).toBe('HEAD');
  expect(second.methods).not.toContain('POST');
  expect(second.methods.filter((method) => method === 'HEAD').length).toBeGreaterThan(1);

  const job = await daemon.fetch(`/jobs/${videoId}`, { headers: { prefer: 'wait=60' } });
  expect((await job.json()) as JobView).toMatchObject({ status: 'completed' });
  const video = (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
  const played = await playEpisode(new URL(video.streamingUrls.hls ?? '', daemon.url).href, home);
  const picture = played.pictures.get(180);
  expect(await countFrames(picture?.path ?? '')).toBe(
    paddedClip.seconds * paddedClip.framesPerSecond,
  );
});
