import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/daemon/clock.js';
import type { JobView, UploadAccepted, VideoView } from '../../../src/shared/contract/index.js';
import { makeCertificate } from '../../support/certificate.js';
import { episodeClip, makeClip } from '../../support/clips.js';
import { readyJob, sendEpisode } from '../../support/completed-job.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { freePort, hasNginx, startNginx, temporaryPaths, type Nginx } from '../../support/nginx.js';
import { shortClip } from '../../support/short-clip.js';

const home = mkdtempSync(join(tmpdir(), 'kdrama-in-front-'));
const certificate = makeCertificate();
const trusted = { KDRAMA_TRUSTED_PROXIES: '127.0.0.1', KDRAMA_ALLOWED_HOSTS: 'localhost' };
const toEncode = { ...episodeClip, videoOptions: ['-c:v', 'mpeg4', '-q:v', '4', '-g', '48'] };
/** Paths of requests that reached the daemon. */
const reached: string[] = [];
let laterMs = 0;
let daemon: TestDaemon;
let daemonPort: number;
let nginx: Nginx;
let nginxPort: number;
let plainPort: number;
let videoId: string;
/** Of a rendition, below a key. */
let signed: string;

async function start(env: Record<string, string> = {}): Promise<TestDaemon> {
  const log = pino({ level: 'info' }, { write: noteRequest });
  const clock = { ...systemClock, now: () => Date.now() + laterMs };
  const listening = { KDRAMA_LISTEN: `127.0.0.1:${daemonPort}` };
  return startTestDaemon({ home, log, clock, env: { ...trusted, ...listening, ...env } });
}

function noteRequest(line: string): void {
  const { msg, path = '' } = JSON.parse(line) as { msg?: string; path?: string };
  if (msg === 'request') reached.push(path);
}

/** deploy/nginx.conf with the places of this test. */
function deployed(): string {
  const path = fileURLToPath(new URL('../../../deploy/nginx.conf', import.meta.url));
  const places = [
    ['127.0.0.1:7474', `127.0.0.1:${daemonPort}`],
    ['listen 443', `listen 127.0.0.1:${nginxPort}`],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['/etc/ssl/kdrama/fullchain.pem', certificate.cert],
    ['/etc/ssl/kdrama/privkey.pem', certificate.key],
    ['/var/cache/nginx/kdrama', 'cache'],
    ['/var/lib/kdrama/media/', `${home}/media/`],
    ['server_tokens off;', `server_tokens off; ${temporaryPaths}`],
  ] as const;
  return places.reduce(
    (text, [written, here]) => {
      expect(text).toContain(written);
      return text.replaceAll(written, here);
    },
    readFileSync(path, 'utf8'),
  );
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  sentBody?: Buffer,
): Promise<Answer> {
  const target = { host: 'localhost', family: 4, port: nginxPort, path, method, headers };
  const sent = request({ ...target, ca: readFileSync(certificate.cert) });
  sent.end(sentBody);
  const [incoming] = (await once(sent, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await incoming.toArray());
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body };
}

/** Hears of events until it is closed. */
async function listen() {
  const target = { host: 'localhost', family: 4, port: nginxPort, path: '/api/v1/events' };
  const ca = readFileSync(certificate.cert);
  const headers = { ...bearer(), 'last-event-id': '0' };
  const sent = request({ ...target, headers, ca, agent: false }).end();
  const [incoming] = (await once(sent, 'response')) as [IncomingMessage];
  return { incoming, close: () => sent.destroy() };
}

/** As players ask: what a busy machine has not made within 8 s is asked for again. */
async function patiently(path: string): Promise<Answer> {
  const answer = await ask(path);
  return answer.status === 503 ? patiently(path) : answer;
}

async function videoOf(id: string): Promise<VideoView> {
  return (await (await daemon.fetch(`/videos/${id}`)).json()) as VideoView;
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The first rendition, below a key of this hour. */
async function sign(of = videoId): Promise<string> {
  const video = await videoOf(of);
  const master = video.streamingUrls.hls ?? '';
  const playlist = await (await fetch(`${daemon.url}${master}`)).text();
  const uri = /^[^#\n]+$/m.exec(playlist)?.[0] ?? '';
  return new URL('.', new URL(uri, `${daemon.url}${master}`)).pathname;
}

/** Straight from the daemon. */
async function original(path: string): Promise<Buffer> {
  const bytes = Buffer.from(await (await daemon.fetch(path)).arrayBuffer());
  reached.length = 0;
  return bytes;
}

const timesReached = (file: string) => reached.filter((path) => path.endsWith(file)).length;
const bearer = () => ({ authorization: `Bearer ${daemon.token}` });
const sound = () => signed.replace(/[^/]+\/v1\/$/, 'audio-0/v1/');
const unsigned = () => signed.replace(/key\/[^/]+\//, '');
const cachedFiles = () =>
  readdirSync(join(nginx.directory, 'cache'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  ).length;

describe.skipIf(!hasNginx)('deploy/nginx.conf', () => {
  beforeAll(async () => {
    daemonPort = await freePort();
    nginxPort = await freePort();
    plainPort = await freePort();
    daemon = await start();
    ({ videoId } = await readyJob(daemon, await shortClip(), 'ladder=copy'));
    signed = await sign();
    nginx = await startNginx(deployed(), nginxPort);
  }, 60_000);
  afterAll(async () => {
    await nginx.close();
    await daemon.close();
    rmSync(home, { recursive: true });
  });

  test('lets through who may, and answers 401 and 403 itself', async () => {
    expect((await ask('/api/v1/videos', bearer())).status).toBe(200);
    const stranger = await ask('/api/v1/videos');
    expect([stranger.status, stranger.body.toString()]).toEqual([
      401,
      expect.stringMatching(/nginx/),
    ]);
    const other = await ask(`${signed.replace(videoId, 'other')}init.mp4`);
    expect([other.status, other.body.toString()]).toEqual([403, expect.stringMatching(/nginx/)]);
    expect((await ask('/api/v1/health')).status).toBe(200);
    expect((await ask('/')).status).toBe(200);
  });

  test('a segment reaches the daemon once, whoever asks again; its key is checked each time', async () => {
    const bytes = await original(`${signed}0.m4s`);
    const first = await ask(`${signed}0.m4s`);
    const second = await ask(`${signed.replace('/api/v1/', '/api/')}0.m4s`);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect([first.headers['x-cache'], second.headers['x-cache']]).toEqual(['MISS', 'HIT']);
    expect(first.body.equals(bytes) && second.body.equals(bytes)).toBe(true);
    expect(second.headers).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect([timesReached('/0.m4s'), timesReached('/auth/validate')]).toEqual([1, 2]);
  });

  test('of many that ask for it at once, one is passed on', async () => {
    reached.length = 0;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask(`${sound()}init.mp4`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(timesReached('/init.mp4')).toBe(1);
  });

  test('what is still to be made is waited for by all who ask, and cached once it is there', async () => {
    const sent = await sendEpisode(daemon, await makeClip(toEncode));
    const { videoId: unmade, transcodingJobId } = (await sent.json()) as UploadAccepted;
    const job = async () =>
      (await (await daemon.fetch(`/jobs/${transcodingJobId}`)).json()) as JobView;
    await expect.poll(async () => (await job()).playable, { timeout: 20_000 }).toBe(true);
    const lowest = (await job()).renditions.find(({ name }) => name === '360p');
    expect(lowest?.segmentsDone).toBeLessThan(9);
    const last = `${(await sign(unmade)).replace(/[^/]+\/v1\/$/, '360p/v1/')}9.m4s`;
    const answers = await Promise.all([1, 2, 3].map(() => patiently(last)));
    expect(new Set(answers.map(({ body }) => hashOf(body))).size).toBe(1);
    expect(answers[0]?.body.equals(await original(last))).toBe(true);
    expect((await ask(last)).headers['x-cache']).toBe('HIT');
  });

  test('who is signed in gets no header that lets other pages in, though the bytes are the same', async () => {
    const own = await ask(`${unsigned()}0.m4s`, bearer());
    expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    expect((await ask(`${unsigned()}0.m4s`)).status).toBe(401);
  });

  test('a part is right, out of the cache and where nothing was cached yet', async () => {
    for (const path of [`${sound()}0.m4s`, `${signed}0.m4s`]) {
      const bytes = await original(path);
      const part = await ask(path, { range: 'bytes=10-29' });
      expect(part.status).toBe(206);
      expect(part.headers['content-range']).toBe(`bytes 10-29/${bytes.length}`);
      expect(part.body.equals(bytes.subarray(10, 30))).toBe(true);
    }
    expect((await ask(`${sound()}0.m4s`)).headers['x-cache']).toBe('HIT');
    const unchanged = { 'if-none-match': (await ask(`${signed}0.m4s`)).headers.etag ?? '' };
    expect((await ask(`${signed}0.m4s`, unchanged)).status).toBe(304);
  });

  test('the master playlist and refusals are not cached', async () => {
    const master = `${signed.split('/hls/')[0]}/hls/master.m3u8`;
    reached.length = 0;
    for (let times = 0; times < 2; times++) expect((await ask(master)).status).toBe(200);
    for (let times = 0; times < 2; times++) expect((await ask(`${signed}99.m4s`)).status).toBe(404);
    expect([timesReached('/master.m3u8'), timesReached('/99.m4s')]).toEqual([2, 2]);
  });

  test('whole episodes never go into a temporary file, at whatever address', () => {
    const locations = [...deployed().matchAll(/location ~ "([^"]+)" \{\n(.*?)\n {8}\}/gs)];
    const settingsOf = (path: string) =>
      locations.find(([, pattern = '']) => new RegExp(pattern).test(path))?.[2];
    const key = signed.split('/key/')[1]?.split('/')[0];
    for (const path of [`stream/${videoId}`, `stream/${videoId}/key/${key}/video.mp4`]) {
      expect(settingsOf(`/api/v1/${path}`), path).toContain('proxy_buffering off;');
    }
    expect(settingsOf(`${signed}init.mp4`)).not.toContain('proxy_buffering off;');
  });

  test('a page elsewhere may ask whether it may ask', async () => {
    const answer = await ask(`${signed}0.m4s`, { origin: 'https://cast.example' }, 'OPTIONS');
    expect([answer.status, answer.headers['access-control-allow-methods']]).toEqual([
      204,
      'GET, HEAD',
    ]);
  });

  test('what is cached is not for a key that has expired or was forged', async () => {
    expect((await ask(`${signed.replace(/.(?=\/hls\/)/, '')}0.m4s`)).status).toBe(401);
    laterMs = 14 * 3_600_000;
    expect((await ask(`${signed}0.m4s`)).status).toBe(401);
    laterMs = 0;
    expect((await ask(`${signed}0.m4s`)).headers['x-cache']).toBe('HIT');
  });

  test('what is cached is there for every key that holds', async () => {
    laterMs = 2 * 3_600_000;
    const other = await sign();
    laterMs = 0;
    expect(other).not.toBe(signed);
    expect((await ask(`${other}0.m4s`)).headers['x-cache']).toBe('HIT');
  });

  test('who comes without TLS is sent to where it is', async () => {
    const plain = `http://127.0.0.1:${plainPort}/api/v1/health`;
    const { status, headers } = await fetch(plain, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([308, 'https://127.0.0.1/api/v1/health']);
  });

  test('who tries one password after the other has to wait', async () => {
    reached.length = 0;
    const body = Buffer.from('{"username":"nobody","password":"guess"}');
    const headers = { 'content-type': 'application/json' };
    const tries = Array.from({ length: 30 }, () =>
      ask('/api/v1/auth/login', headers, 'POST', body),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses).toContain(429);
    // The daemon has not seen these.
    expect(timesReached('/auth/login')).toBeLessThan(26);
  });

  test('uploads of more than a megabyte pass', async () => {
    const body = Buffer.alloc(3_000_000, 1);
    const path = '/api/v1/upload?filename=Goblin.E02.mkv';
    const sum = hashOf(body);
    const refused = await ask(path, { 'x-checksum': sum }, 'PUT', body);
    expect(refused.status).toBe(401);
    const answer = await ask(path, { ...bearer(), 'x-checksum': sum }, 'PUT', body);
    // Of the daemon, which sees that this is no video.
    expect(answer.body.toString()).toContain('UPLOAD_INVALID_FORMAT');
  });

  test('events come at once', async () => {
    const { incoming, close } = await listen();
    const [first] = (await once(incoming, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^(id|event|data|retry|:)/m);
    close();
  });

  test('who has 64 requests open has to wait with the next', async () => {
    const open = await Promise.all(Array.from({ length: 64 }, listen));
    expect(new Set(open.map(({ incoming }) => incoming.statusCode))).toEqual(new Set([200]));
    reached.length = 0;
    const status = async () => (await ask('/api/v1/health')).status;
    expect(await status()).toBe(429);
    expect(timesReached('/health')).toBe(0);
    for (const { close } of open) close();
    await expect.poll(status).toBe(200);
  });

  test('with proxy.accelLocation nginx sends the bytes of the file, and caches nothing', async () => {
    await daemon.stop();
    daemon = await start({ KDRAMA_PROXY_ACCEL_LOCATION: '/kdrama-media/' });
    const before = cachedFiles();
    const bytes = await original(`${signed}init.mp4`);
    expect(bytes.length).toBeGreaterThan(0); // not through nginx: the daemon sends it
    for (let times = 0; times < 2; times++) {
      const whole = await ask(`${signed}init.mp4`);
      expect([whole.status, whole.body.equals(bytes)]).toEqual([200, true]);
      expect(whole.headers).toMatchObject({
        'content-type': 'video/mp4',
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
      });
      expect(whole.headers['x-accel-redirect']).toBeUndefined();
    }
    const part = await ask(`${signed}init.mp4`, { range: 'bytes=4-7' });
    expect([part.status, part.body.toString()]).toEqual([206, 'ftyp']);
    expect(timesReached('/init.mp4')).toBe(3);
    expect(cachedFiles()).toBe(before);
    expect((await ask('/kdrama-media/kdrama.db')).status).toBe(404);
  });

  test('what is cached of a video that was removed is forbidden', async () => {
    expect((await ask(`${signed}0.m4s`)).headers['x-cache']).toBe('HIT');
    await daemon.fetch(`/videos/${videoId}`, { method: 'DELETE' });
    expect((await ask(`${signed}0.m4s`)).status).toBe(403);
    expect((await ask(`${unsigned()}0.m4s`, bearer())).status).toBe(403);
  });
});
