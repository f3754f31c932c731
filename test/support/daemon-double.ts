import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Health, JobView, VideoView, WatchView } from '../../src/shared/contract/index.js';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = { readonly status?: number; readonly body: unknown } | 'hang up';
export type Routes = (request: SeenRequest) => Answer | Promise<Answer>;

/** A real HTTP server that answers as a daemon of a home would, for tests of single commands. */
export async function daemonDouble(home: string, routes: Routes, facts: Partial<Health> = {}) {
  const health = { ...healthView, ...facts };
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await bodyOf(incoming);
      if (body === undefined) return incoming.destroy();
      const path = (incoming.url ?? '').replace('/api/v1', '');
      const method = incoming.method ?? '';
      const request = { method, path, headers: incoming.headers, body };
      seen.push(request);
      const answer = path === '/health' ? { body: health } : await routes(request);
      if (answer === 'hang up') return incoming.socket.destroy();
      const { status = 200 } = answer;
      const text = Buffer.from(status === 204 ? '' : JSON.stringify(answer.body));
      const sizes = status === 204 ? {} : { 'content-length': text.length };
      outgoing.writeHead(status, { 'content-type': 'application/json', ...sizes });
      return outgoing.end(text);
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = { pid: process.pid, url, version: health.version, instanceId: 'double' };
  writeFileSync(join(home, 'daemon.json'), JSON.stringify(record));
  writeFileSync(join(home, 'token'), 'secret-token\n');
  return {
    url,
    seen,
    requests: () => seen.map(({ method, path }) => `${method} ${path}`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** undefined when the client left meanwhile, as on Ctrl-C. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of incoming) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}

export function errorAnswer(status: number, code: string, message: string): Answer {
  const error = { code, message, timestamp: '2026-01-01T00:00:00.000Z', requestId: 'r1' };
  return { status, body: { error } };
}

const healthView: Health = {
  status: 'ok',
  version: '0.1.0',
  apiVersion: 'v1',
  pid: process.pid,
  instanceId: 'double',
  startedAt: '2026-01-01T00:00:00.000Z',
  ffmpeg: true,
  live: true,
  ready: true,
  work: { state: 'running', until: null },
  parts: {
    database: { status: 'ok' },
    mediaDirectory: { status: 'ok' },
    disk: { status: 'ok' },
    ffmpeg: { status: 'ok' },
    lanes: { status: 'ok' },
  },
};

export function jobView(facts: Partial<JobView> = {}): JobView {
  return {
    jobId: 'job1',
    videoId: 'video1',
    title: 'Rain',
    status: 'processing',
    stage: 'encoding',
    progress: 41.7,
    speed: 2.4,
    playable: true,
    priority: 'normal',
    createdAt: '2026-01-01T00:00:00.000Z',
    startTime: '2026-01-01T00:00:01.000Z',
    playableAt: '2026-01-01T00:00:02.000Z',
    completedAt: null,
    estimatedCompletion: null,
    useGpu: false,
    encoding: null,
    setback: null,
    ladder: 'full',
    error: null,
    workflow: null,
    owner: 'local',
    renditions: [],
    ...facts,
  };
}

export function videoView(facts: Partial<VideoView> = {}): VideoView {
  return {
    id: 'video1',
    title: 'Rain',
    series: 'Rain',
    season: 1,
    episode: 3,
    episodeKnown: true,
    description: '',
    filename: 'Rain.S01E03.mkv',
    sizeBytes: 1000,
    sourceKept: true,
    sha256: '0'.repeat(64),
    createdAt: '2026-01-01T00:00:00.000Z',
    duration: 1446,
    availableQualities: [],
    playable: true,
    status: 'completed',
    progress: 100,
    jobId: 'job1',
    replacedBy: null,
    poster: null,
    storyboard: null,
    error: null,
    streamingUrls: { hls: null, mp4: null },
    ...facts,
  };
}

export function watchView(facts: Partial<WatchView> = {}): WatchView {
  return {
    id: 'watch1',
    path: '/videos',
    mode: 'keep',
    poll: false,
    once: false,
    origin: 'command',
    state: 'watching',
    error: null,
    settled: true,
    settleSeconds: 15,
    files: { waiting: 0, importing: 0, added: 0, refused: 0, noted: 0 },
    createdAt: '2026-01-01T00:00:00.000Z',
    scannedAt: '2026-01-01T00:00:01.000Z',
    ...facts,
  };
}
