/** A whole job through a real daemon: bytes in, ready to be played. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { JobView, UploadAccepted, VideoView } from '../../src/shared/contract/index.js';
import type { TestDaemon } from './daemon.js';

/** Sends a file as an episode; `query` is what is said of it beside, e.g. `ladder=copy`. */
export async function sendEpisode(daemon: TestDaemon, path: string, query = ''): Promise<Response> {
  return daemon.fetch(`/upload?filename=Goblin.E01.mkv&${query}`, {
    method: 'PUT',
    body: new Uint8Array(await readFile(path)),
  });
}

/** The job of an episode that was sent, once it has completed. */
export async function readyJob(daemon: TestDaemon, path: string, query = ''): Promise<JobView> {
  const response = await sendEpisode(daemon, path, query);
  const { transcodingJobId } = (await response.json()) as UploadAccepted;
  return completedJob(daemon, transcodingJobId);
}

export async function completedJob(daemon: TestDaemon, jobId: string): Promise<JobView> {
  const response = await daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=50' } });
  const job = (await response.json()) as JobView;
  expect(job).toMatchObject({ status: 'completed', error: null });
  return job;
}

/** The address of the master playlist. */
export async function masterUrl(daemon: TestDaemon, videoId: string): Promise<string> {
  const video = (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
  return `${daemon.url}${video.streamingUrls.hls}`;
}
