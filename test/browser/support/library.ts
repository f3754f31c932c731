import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { UploadAccepted, VideoView } from '../../../src/shared/contract/index.js';
import type { TestDaemon } from '../../support/daemon.js';

/** Uploads a file under a name in one request. Returns the video's id. */
export async function uploadFile(
  daemon: TestDaemon,
  path: string,
  filename: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { size } = await stat(path);
  const query = new URLSearchParams({ filename, ...settings });
  const response = await daemon.fetch(`/upload?${query.toString()}`, {
    method: 'PUT',
    headers: { 'content-length': String(size) },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    // @ts-expect-error undici needs it for a streamed body, the DOM's type does not know it.
    duplex: 'half',
  });
  if (response.status !== 202) throw new Error(await response.text());
  return ((await response.json()) as UploadAccepted).videoId;
}

export async function videoView(daemon: TestDaemon, videoId: string): Promise<VideoView> {
  return (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
}

/** Answers when the video is as wanted; fails with the job when it never will be. */
export async function waitForVideo(
  daemon: TestDaemon,
  videoId: string,
  isWanted: (video: VideoView) => boolean,
): Promise<void> {
  for (;;) {
    const video = await videoView(daemon, videoId);
    if (isWanted(video)) return;
    if (video.status === 'failed') {
      throw new Error(await (await daemon.fetch(`/jobs/${videoId}`)).text());
    }
    await pause(200);
  }
}
