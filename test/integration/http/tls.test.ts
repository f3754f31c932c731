import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect, constants, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { watchCertificate } from '../../../src/daemon/http/tls/renewal.js';
import { makeCertificate } from '../../support/certificate.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const files = makeCertificate({ names: 'DNS:localhost,IP:127.0.0.1,DNS:tv.home.arpa' });
const ca = readFileSync(files.cert);
const tls = { KDRAMA_TLS_CERT: files.cert, KDRAMA_TLS_KEY: files.key };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

let daemon: TestDaemon;
let session: ClientHttp2Session;
beforeAll(async () => {
  daemon = await startTestDaemon({ env: tls, runTask: endlessTask });
  // Node's own client would keep no more than 10 MB of what it sends.
  session = connect(daemon.url, { ca, maxSessionMemory: 1000 });
});
afterAll(async () => {
  session.close();
  await daemon.close();
});

function ask(headers: OutgoingHttpHeaders, body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ authorization: `Bearer ${daemon.token}`, ...headers });
    let answered: Record<string, unknown> = {};
    const pieces: Buffer[] = [];
    stream.on('response', (given) => (answered = given));
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('error', reject);
    stream.on('end', () =>
      resolve({
        status: Number(answered[':status']),
        headers: answered,
        body: Buffer.concat(pieces),
      }),
    );
    stream.end(body);
  });
}

function json(path: string, body: object): Promise<Answer> {
  const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/json' };
  return ask(headers, Buffer.from(JSON.stringify(body)));
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** An upload of `chunks` over HTTP/2, all of them at once. */
async function upload(source: Buffer, chunkSize: number): Promise<string> {
  const started = await json('/api/v1/upload/start', {
    filename: 'Rain.S01E01.mp4',
    totalSize: source.length,
    chunkSize,
  });
  const { uploadId, chunkUrls } = JSON.parse(started.body.toString()) as {
    uploadId: string;
    chunkUrls: string[];
  };
  const sent = chunkUrls.map((path, index) => {
    const chunk = source.subarray(index * chunkSize, (index + 1) * chunkSize);
    return ask({ ':method': 'POST', ':path': path, 'x-chunk-checksum': sha256(chunk) }, chunk);
  });
  expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(chunkUrls.map(() => 200));
  const done = await json(`/api/v1/upload/complete/${uploadId}`, { finalChecksum: sha256(source) });
  expect(done.status).toBe(202);
  return (JSON.parse(done.body.toString()) as { videoId: string }).videoId;
}

/** Bytes that pass for an MP4, of which nothing is played here. */
function mp4Like(bytes: number): Buffer {
  const head = Buffer.from('0000001c667479706d703432000000006d70343269736f6d61766331', 'hex');
  return Buffer.concat([head, randomBytes(bytes - head.length)]);
}

describe('over HTTP/2', () => {
  test('it is what was negotiated, and the address says https', async () => {
    expect(daemon.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const answer = await ask({ ':path': '/health' });
    expect([answer.status, session.alpnProtocol]).toEqual([200, 'h2']);
  });

  test('chunks go up side by side, and ranges of them come down', async () => {
    const source = mp4Like(20 * 1024 * 1024 + 13);
    const videoId = await upload(source, 5 * 1024 * 1024);
    const path = `/api/v1/videos/${videoId}/source`;
    const part = await ask({ ':path': path, range: 'bytes=1000000-9999999' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 1000000-9999999/${source.length}`);
    expect(part.body.equals(source.subarray(1_000_000, 10_000_000))).toBe(true);
    const whole = await Promise.all(Array.from({ length: 6 }, () => ask({ ':path': path })));
    for (const { body } of whole) expect(body.equals(source)).toBe(true);
  });

  test('events flow until the client hangs up', async () => {
    const stream = session.request({
      ':path': '/api/v1/events',
      authorization: `Bearer ${daemon.token}`,
      accept: 'text/event-stream',
    });
    let heard = '';
    const first = new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.on('data', (piece: Buffer) => {
        heard += piece.toString();
        if (heard.includes('data:')) resolve();
      });
    });
    stream.on('response', (headers) => expect(headers[':status']).toBe(200));
    await upload(mp4Like(100_000), 100_000);
    await first;
    stream.close(constants.NGHTTP2_CANCEL);
    expect(heard).toMatch(/^id: ?\d+$/m);
  });

  test('a body that is too large is refused without ending the session', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, ' ');
    const headers = { ':method': 'POST', ':path': '/api/v1/upload/start' };
    const refused = await ask({ ...headers, 'content-type': 'application/json' }, body);
    expect(refused.status).toBe(413);
    expect((await ask({ ':path': '/health' })).status).toBe(200);
  });

  test.each([
    ['a name of the certificate', 'tv.home.arpa', 200],
    ['a name that was rebound', 'evil.example', 421],
  ])('the authority is looked at: %s', async (_, authority, status) => {
    expect((await ask({ ':path': '/health', ':authority': authority })).status).toBe(status);
  });

  test('a foreign Host beside a good authority is refused', async () => {
    const answer = await ask({ ':path': '/health', host: 'evil.example' });
    expect(answer.status).not.toBe(200);
  });

  test('the cookie of a browser never travels in the open', async () => {
    const { code } = daemon.signInCode();
    const answer = await json('/api/v1/auth/session', { code });
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ]);
  });

  test('another page may not change anything', async () => {
    const post = (origin: string) =>
      ask({ ':method': 'POST', ':path': '/api/v1/auth/codes', origin });
    expect((await post('https://evil.example')).status).toBe(403);
    expect((await post(daemon.url.replace('https', 'http'))).status).toBe(403);
    expect((await post(daemon.url)).status).toBe(200);
  });
});

test('HTTP/1.1 goes on working for those who speak nothing else', async () => {
  const version = await new Promise<string>((resolve, reject) => {
    httpsRequest(`${daemon.url}/health`, { ca }, (answer) => {
      answer.resume();
      resolve(`${answer.httpVersion} ${answer.statusCode}`);
    })
      .on('error', reject)
      .end();
  });
  expect(version).toBe('1.1 200');
});

describe('certificates', () => {
  const start = (env: Record<string, string>, clock?: { now(): number; monotonic(): number }) =>
    startTestDaemon({ env, runTask: endlessTask, ...(clock && { clock }) });

  test.each([
    ['one file without the other', { KDRAMA_TLS_CERT: files.cert }, /set together/],
    ['a file that is not there', { ...tls, KDRAMA_TLS_KEY: '/nowhere.pem' }, /cannot read.*ENOENT/],
    ['a file that is none', { ...tls, KDRAMA_TLS_CERT: files.key }, /cannot be used/],
    ['a key of another', { ...tls, KDRAMA_TLS_KEY: makeCertificate().key }, /is not the key of/],
  ])('%s is refused before anything listens, with what to do', async (_, env, message) => {
    await expect(start(env)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(message) as string,
      hint: expect.any(String) as string,
    });
  });

  test.each([
    ['expired', Date.now() + 40 * 86_400_000, /expired on/],
    ['not valid yet', Date.now() - 86_400_000, /is valid from/],
  ])('one that has %s is refused', async (_, now, message) => {
    const clock = { now: () => now, monotonic: () => performance.now() };
    await expect(start(tls, clock)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(message) as string,
    });
  });

  test('stopping does not wait for connections that idle', async () => {
    const idle = await start(tls);
    const open = connect(idle.url, { ca });
    await new Promise((resolve) => open.once('connect', resolve));
    const ended = new Promise((resolve) => open.once('close', resolve));
    await idle.close();
    await ended;
  });
});

test('a renewed certificate is used from then on, a broken one never', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-tls-'));
  const own = makeCertificate({ directory });
  const seen: string[] = [];
  let said = '';
  const stop = watchCertificate({
    files: own,
    log: pino({}, { write: (line) => (said += line) }),
    now: Date.now,
    renewed: ({ fingerprint }) => void seen.push(fingerprint),
    intervalMs: 20,
  });
  // Written again and again: the watching begins some time after the call.
  let writes = 0;
  await vi.waitFor(
    () => {
      writeFileSync(own.cert, `half a file ${(writes += 1)}`);
      expect(said).toContain('the old one stays');
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(seen).toEqual([]);
  makeCertificate({ directory });
  await vi.waitFor(() => expect(seen).not.toEqual([]), { timeout: 30_000 });
  stop();
  expect(seen[0]).toBe(new X509Certificate(readFileSync(own.cert)).fingerprint256);
  rmSync(directory, { recursive: true });
});
