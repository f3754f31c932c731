import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/shared/contract/operations/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { everything, rawAnswers, rawConnection, type RawAnswer } from '../support/raw-http.js';
import { videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';

let daemon: TestDaemon;
const sockets: Socket[] = [];

beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

/** Whatever was sent, the daemon answers the next one. */
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.destroy());
  expect((await daemon.fetch('/health')).status).toBe(200);
});

function opened(): Socket {
  const socket = rawConnection(daemon.url);
  sockets.push(socket);
  return socket;
}

/** `\n` in `text` stands for a line's end; what a test wants otherwise it writes as it is. */
const lines = (text: string) => text.replaceAll('\n', '\r\n');

/** Sends bytes, leaves the connection open, and returns all that comes until the daemon closes it. */
async function sent(bytes: string | Buffer): Promise<RawAnswer[]> {
  const socket = opened();
  const answer = everything(socket);
  socket.write(bytes, 'latin1' as BufferEncoding);
  return rawAnswers(await answer);
}

function expectError(answer: RawAnswer | undefined, status: number, code: string): void {
  expect(answer?.status).toBe(status);
  expect(answer?.headers['content-type']).toMatch(/^application\/json/);
  const { error } = JSON.parse(answer?.body ?? '') as { error: Record<string, string> };
  expect(error['code']).toBe(code);
  expect(error['requestId']).toMatch(/^\w+$/);
  expect(error['hint']).toBeTruthy();
}

describe('what is no HTTP request gets our error, and the connection is closed', () => {
  const head = 'GET /health HTTP/1.1\nHost: localhost\n';
  const post =
    'POST /api/v1/jobs HTTP/1.1\nHost: localhost\nAuthorization: Bearer TOKEN\nContent-Type: application/json\n';
  test.each([
    ['no HTTP at all', 'hello\n\n'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a method that does not exist', 'FETCH /health HTTP/1.1\nHost: localhost\n\n'],
    ['a method in lower case', 'get /health HTTP/1.1\nHost: localhost\n\n'],
    ['HTTP/2 without having asked', 'PRI * HTTP/2.0\n\nSM\n\n'],
    ['HTTP/9.9', 'GET /health HTTP/9.9\nHost: localhost\n\n'],
    ['HTTP/0.9', 'GET /health\n\n'],
    ['a header without a colon', `${head}nonsense\n\n`],
    ['a header without a name', `${head}: x\n\n`],
    ['a space before the colon', `${head}X-A : x\n\n`],
    ['a NUL in a header', `${head}X-A: a\0b\n\n`],
    ['a bare CR in a header', `${head}X-A: a\rb\n\n`],
    ['Content-Length and chunked', `${post}Content-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n`],
    ['two lengths', `${post}Content-Length: 4\nContent-Length: 5\n\n{"a"`],
    ['a length that is no number', `${post}Content-Length: 4x\n\n{}`],
    ['a negative length', `${post}Content-Length: -1\n\n{}`],
    ['a length beyond all numbers', `${post}Content-Length: 99999999999999999999\n\n{}`],
    ['chunked that is not last', `${post}Transfer-Encoding: chunked, gzip\n\n0\n\n`],
    ['chunked twice', `${post}Transfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n`],
    ['chunked after a tab and a letter', `${post}Transfer-Encoding: \x0bchunked\n\n0\n\n`],
    ['a chunk size that is no number', `${post}Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n`],
    [
      'a chunk size beyond all numbers',
      `${post}Transfer-Encoding: chunked\n\nfffffffffffffffff\n{}`,
    ],
    ['a chunk that is longer than it says', `${post}Transfer-Encoding: chunked\n\n1\n{}}}\n0\n\n`],
  ])('%s', async (_, text) => {
    const answers = await sent(lines(text).replace('TOKEN', daemon.token));
    expect(answers).toHaveLength(1);
    expectError(answers[0], 400, 'VALIDATION_FAILED');
    expect(answers[0]?.headers['connection']).toBe('close');
  });

  test('bare LF as line ends', async () => {
    const answers = await sent('GET /health HTTP/1.1\nHost: localhost\nX-A: b\n\n');
    expectError(answers[0], 400, 'VALIDATION_FAILED');
  });

  test('a folded header is refused or one line', async () => {
    const [answer] = await sent(lines(`${head}X-A: a\n b\nConnection: close\n\n`));
    expect([200, 400]).toContain(answer?.status);
  });

  test.each([
    ['a header of 20 KiB', `${head}X-A: ${'a'.repeat(20_000)}\n\n`],
    ['10,000 headers', `${head}${'a: b\n'.repeat(10_000)}\n`],
    ['headers without an end', `${head}${'a: b\n'.repeat(10_000)}`],
    ['an address of 20 KiB', `GET /${'a'.repeat(20_000)} HTTP/1.1\nHost: localhost\n\n`],
    ['an address without an end', `GET /${'a'.repeat(40_000)}`],
  ])('%s is 431', async (_, text) => {
    const answers = await sent(lines(text));
    expect(answers).toHaveLength(1);
    expectError(answers[0], 431, 'HEADERS_TOO_LARGE');
  });

  test('CONNECT is 405: this is no proxy', async () => {
    const answers = await sent(lines('CONNECT example.org:443 HTTP/1.1\nHost: localhost\n\n'));
    expectError(answers[0], 405, 'METHOD_NOT_ALLOWED');
    expect(answers[0]?.headers['allow']).toContain('GET');
  });
});

describe('requests that hide another one', () => {
  const hidden = 'GET /api/v1/hidden HTTP/1.1\nHost: localhost\n\n';
  test.each([
    [
      'CL.TE',
      `POST /api/v1/jobs HTTP/1.1\nHost: localhost\nContent-Length: ${hidden.length + 5}\nTransfer-Encoding: chunked\n\n0\n\n${hidden}`,
    ],
    [
      'TE.CL',
      `POST /api/v1/jobs HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nContent-Length: 4\n\n5c\n${hidden}\n0\n\n`,
    ],
    [
      'TE.TE',
      `POST /api/v1/jobs HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nTransfer-Encoding: x\n\n0\n\n${hidden}`,
    ],
    [
      'a space before the colon',
      `POST /api/v1/jobs HTTP/1.1\nHost: localhost\nContent-Length : ${hidden.length}\n\n${hidden}`,
    ],
    [
      'a chunk extension with a line break',
      `POST /api/v1/jobs HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n0;a=\rb\n\n${hidden}`,
    ],
  ])('%s gets one answer, never the hidden one', async (_, text) => {
    const answers = await sent(lines(text));
    expect(answers).toHaveLength(1);
    expect(answers[0]?.status).toBe(400);
  });

  test('a GET with a body: the body is not the next request', async () => {
    const body = lines('GET /api/v1/hidden HTTP/1.1\nHost: localhost\n\n');
    const answers = await sent(
      `${lines(`GET /health HTTP/1.1\nHost: localhost\nContent-Length: ${body.length}\n\n`)}${body}${lines('GET /health HTTP/1.1\nHost: localhost\nConnection: close\n\n')}`,
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('the target and the Host line', () => {
  const get = (target: string, more = 'Host: localhost\n') =>
    sent(lines(`GET ${target} HTTP/1.1\n${more}Connection: close\n\n`));

  test('two Host lines, none, or one that is no name: 400', async () => {
    for (const more of ['Host: localhost\nHost: localhost\n', '', 'Host: a b\n', 'Host: a@b\n']) {
      expectError((await get('/health', more))[0], 400, 'VALIDATION_FAILED');
    }
  });

  test('a second Host line behind thousands of headers is seen', async () => {
    const many = 'a:\n'.repeat(2500);
    const [answer] = await get('/health', `Host: localhost\n${many}Host: evil.example\n`);
    expect([400, 431]).toContain(answer?.status);
  });

  test('another host, in the Host line or the target: 421', async () => {
    expectError((await get('/health', 'Host: evil.example\n'))[0], 421, 'HOST_NOT_ALLOWED');
    expectError((await get('http://evil.example/health'))[0], 421, 'HOST_NOT_ALLOWED');
    expect((await get('http://localhost/health'))[0]?.status).toBe(200);
  });

  test.each([
    ['/api/v1/videos/%00', 404],
    ['/api/v1/videos/..%2f..%2ftoken', 404],
    ['/api/v1/videos/%2e%2e/%2e%2e/token', 404],
    ['/api/v1/videos/..%5c..%5ctoken', 404],
    ['/api/v1/videos/%c0%ae%c0%ae%c0%aftoken', 404],
    ['/api/v1/videos/%ff', 404],
    ['/api/v1/videos/%zz', 404],
    ['/api/v1/videos/%', 404],
    ['/../../../../etc/passwd', 404],
    ['/..%2f..%2f..%2fetc/passwd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/api/v1//videos', 404],
    ['/api\\v1\\videos', 400],
    ['health', 400],
    ['ftp://localhost/health', 400],
    ['http://user:secret@localhost/health', 421],
  ])('GET %s is %i', async (target, status) => {
    const [answer] = await get(target, `Host: localhost\nAuthorization: Bearer ${daemon.token}\n`);
    expect(answer?.status).toBe(status);
    expect(answer?.body).toContain('"error"');
    expect(answer?.body).not.toMatch(/root:/);
  });
});

describe('bodies', () => {
  const post = (more: string) =>
    lines(
      `POST /api/v1/upload/start HTTP/1.1\nHost: localhost\nAuthorization: Bearer ${daemon.token}\nContent-Type: application/json\n${more}\n`,
    );

  test('1 GB of JSON is 413 before a byte of it comes', async () => {
    const socket = opened();
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    socket.write(post('Content-Length: 1000000000\n'));
    const [answer] = rawAnswers((await answered)[0].toString('latin1'));
    expectError(answer, 413, 'BODY_TOO_LARGE');
  });

  test('JSON without an end is 413 at the limit, and the connection goes', async () => {
    const socket = opened();
    const answer = everything(socket);
    socket.write(post('Transfer-Encoding: chunked\n'));
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const more = setInterval(() => socket.write(chunk), 1);
    const answers = rawAnswers(await answer);
    clearInterval(more);
    expectError(answers[0], 413, 'BODY_TOO_LARGE');
    expect(socket.bytesWritten).toBeLessThan(200 * 1024 * 1024);
  });

  test('a body that ends in the middle is dropped', async () => {
    const socket = opened();
    socket.write(`${post('Content-Length: 100\n')}{"filename":`);
    await pause(50);
    socket.destroy();
  });

  test('a body that breaks in the middle is 400', async () => {
    const socket = opened();
    const answer = everything(socket);
    socket.write(`${post('Transfer-Encoding: chunked\n')}5\r\n{"a":\r\n`);
    await pause(50);
    socket.write('no chunk\r\n');
    const answers = rawAnswers(await answer);
    expect(answers).toHaveLength(1);
    expectError(answers[0], 400, 'VALIDATION_FAILED');
  });
});

test(
  'slow clients: headers and JSON have 15 s, a body that nobody reads half a second',
  { timeout: 90_000 },
  async () => {
    /** A byte a second until the daemon has enough of it. */
    const trickled = async (start: string, more: string): Promise<RawAnswer | undefined> => {
      const socket = opened();
      const answer = everything(socket);
      socket.write(lines(start));
      const trickle = setInterval(() => socket.write(more), 1000);
      const [first] = rawAnswers(await answer);
      clearInterval(trickle);
      return first;
    };
    const [headers, json, unread] = await Promise.all([
      trickled('GET /health HTTP/1.1\nHost: localhost\n', 'a'),
      trickled(
        `POST /api/v1/upload/start HTTP/1.1\nHost: localhost\nAuthorization: Bearer ${daemon.token}\nContent-Type: application/json\nContent-Length: 1000\n\n`,
        ' ',
      ),
      trickled('GET /health HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n', ' '),
    ]);
    expectError(headers, 408, 'REQUEST_TIMEOUT');
    expectError(json, 408, 'REQUEST_TIMEOUT');
    expect(unread?.status).toBe(200);
  },
);

describe('what HTTP allows', () => {
  const auth = () => `Host: localhost\nAuthorization: Bearer ${daemon.token}\n`;

  test('pipelined requests are answered in their order', async () => {
    const one = (path: string, more = '') => `GET ${path} HTTP/1.1\n${auth()}${more}\n`;
    const paths = ['/health', '/api/v1/videos', '/api/v1/videos/nothere'];
    const text = [...paths, ...paths].map((path) => one(path)).join('');
    const answers = await sent(lines(text + one('/health', 'Connection: close\n')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200, 404, 200]);
  });

  test('a broken request behind a good one is answered after it', async () => {
    const answers = await sent(lines(`GET /api/v1/videos HTTP/1.1\n${auth()}\nnonsense\n\n`));
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expectError(answers[1], 400, 'VALIDATION_FAILED');
  });

  test('HTTP/1.0 gets one answer and its end', async () => {
    const answers = await sent(lines('GET /health HTTP/1.0\nHost: localhost\n\n'));
    expect(answers.map(({ status }) => status)).toEqual([200]);
  });

  test('a client that has said all it wants still gets its answer', async () => {
    const socket = opened();
    const answer = everything(socket);
    socket.end(lines('GET /health HTTP/1.1\nHost: localhost\n\n'));
    expect(rawAnswers(await answer)[0]?.status).toBe(200);
  });

  test('TRACE is 405, and tells nothing back', async () => {
    const text = `TRACE /api/v1/videos HTTP/1.1\n${auth()}Connection: close\n\n`;
    const [answer] = await sent(lines(text));
    expectError(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer?.headers['allow']).toContain('GET, HEAD');
    expect(answer?.body).not.toContain(daemon.token);
  });

  test('an upgrade that nobody offers is passed over', async () => {
    for (const upgrade of ['websocket', 'h2c']) {
      const more = `Connection: Upgrade, close\nUpgrade: ${upgrade}\n`;
      const [answer] = await sent(lines(`GET /health HTTP/1.1\nHost: localhost\n${more}\n`));
      expect(answer?.status).toBe(200);
    }
  });

  test('OPTIONS * asks about the whole server', async () => {
    const text = 'OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n';
    const [answer] = await sent(lines(text));
    expect(answer?.status).toBe(204);
    expect(answer?.headers['allow']).toContain('GET');
  });

  test('an expectation that nobody knows is passed over', async () => {
    const text = 'GET /health HTTP/1.1\nHost: localhost\nExpect: wonders\nConnection: close\n\n';
    expect((await sent(lines(text)))[0]?.status).toBe(200);
  });
});

describe('HEAD and OPTIONS of every operation', () => {
  const pathOf = (path: string) =>
    `/api/v1${path
      .replace(/:file\b/g, '0.m4s')
      .replace(/:version\b/g, 'v1')
      .replace(/:\w+(\{[^}]*\})?/g, 'nothere')}`;
  const all = operations.flatMap(({ method, paths, id }) =>
    paths.map((path) => ({ id, method, path: pathOf(path) })),
  );

  test('OPTIONS is 204 and its Allow names each method of the path', async () => {
    for (const { method, path } of all) {
      const response = await fetch(`${daemon.url}${path}`, { method: 'OPTIONS' });
      const allow = response.headers.get('allow')?.split(', ');
      const wanted = [method, 'OPTIONS', ...(method === 'GET' ? ['HEAD'] : [])];
      expect({ path, status: response.status, allow }).toEqual({
        path,
        status: 204,
        allow: expect.arrayContaining(wanted) as string[],
      });
    }
  });

  test('HEAD answers as GET does, without a body', async () => {
    for (const { path } of all.filter(({ method }) => method === 'GET')) {
      const headers = { 'tus-resumable': '1.0.0' };
      const [get, socket] = [await daemon.fetch(path, { headers }), opened()];
      await get.body?.cancel();
      const answer = everything(socket);
      const auth = `Authorization: Bearer ${daemon.token}\r\nTus-Resumable: 1.0.0\r\n`;
      socket.write(`HEAD ${path} HTTP/1.1\r\nHost: localhost\r\n${auth}Connection: close\r\n\r\n`);
      const [head, ...more] = rawAnswers(await answer, true);
      expect([path, head?.status]).toEqual([path, get.status]);
      expect(more).toEqual([]);
      expect(head?.headers['content-type']).toBe(get.headers.get('content-type') ?? undefined);
    }
  });
});

test('none of it leaves a connection or a file open', async () => {
  const before = readdirSync('/proc/self/fd').length;
  const held = Array.from({ length: 50 }, () => opened());
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  held.forEach((socket, index) => {
    if (index % 3 === 0) socket.write('GET /health HTTP/1.1\r\nHost: loc');
    if (index % 3 === 1) socket.write('nonsense\r\n\r\n');
    if (index % 3 === 2) socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });
  await pause(200);
  held.forEach((socket) => socket.destroy());
  while (readdirSync('/proc/self/fd').length > before + 5) await pause(50);
});

test('clients that stop reading cost no more than what is on its way to them', async () => {
  const bytes = videoBytes(64 * 1024 * 1024);
  const upload = await daemon.fetch('/upload?filename=a.mkv', {
    method: 'PUT',
    body: new Uint8Array(bytes),
  });
  const { videoId } = (await upload.json()) as { videoId: string };
  const before = process.memoryUsage().arrayBuffers;
  const files = readdirSync('/proc/self/fd').length;
  for (let n = 0; n < 20; n += 1) {
    const socket = opened();
    socket.write(
      lines(
        `GET /api/v1/videos/${videoId}/source HTTP/1.1\nHost: localhost\nAuthorization: Bearer ${daemon.token}\n\n`,
      ),
    );
    await once(socket, 'readable'); // the answer has begun; nobody reads it
  }
  expect((await daemon.fetch('/health')).status).toBe(200);
  // Without backpressure it would be 1,280 MiB.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1024 * 1024);
  sockets.forEach((socket) => socket.destroy());
  while (readdirSync('/proc/self/fd').length > files + 5) await pause(50);
});
