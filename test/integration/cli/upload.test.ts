import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Interruption } from '../../../src/cli/interruption.js';
import { run } from '../../../src/cli/main.js';
import type { Deps } from '../../../src/cli/deps.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import {
  daemonDouble,
  errorAnswer,
  jobView,
  videoView,
  type Answer,
  type Routes,
  type SeenRequest,
} from '../../support/daemon-double.js';

const MiB = 1024 * 1024;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The chunk part of a daemon: keeps what arrives and checks it as the contract says. */
function chunkStore(sizeBytes: number, already: Map<number, Buffer> = new Map()) {
  const chunks = new Map(already);
  let aborted = 0;
  const count = Math.ceil(sizeBytes / (8 * MiB));
  const missing = () => Array.from({ length: count }, (_, i) => i).filter((i) => !chunks.has(i));
  const whole = () =>
    Buffer.concat([...chunks.entries()].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes));

  function chunk({ path, body, headers }: SeenRequest): Answer {
    const index = Number(path.split('/').at(-1));
    if (sha256(body) !== headers['x-chunk-checksum']) {
      return errorAnswer(400, 'UPLOAD_CHECKSUM_MISMATCH', 'Chunk integrity check failed');
    }
    chunks.set(index, body);
    return { body: { chunkIndex: index, received: true, checksum: sha256(body) } };
  }
  function complete({ body }: SeenRequest): Answer {
    const { finalChecksum } = JSON.parse(body.toString()) as { finalChecksum: string };
    if (sha256(whole()) !== finalChecksum) {
      return errorAnswer(400, 'UPLOAD_CHECKSUM_MISMATCH', 'Final file integrity check failed');
    }
    const accepted = { uploadId: 'up1', videoId: 'up1', status: 'processing' };
    return { status: 202, body: { ...accepted, transcodingJobId: 'job1' } };
  }
  const routes: Routes = (request) => {
    const { method, path } = request;
    if (path.startsWith('/videos?')) return { body: { videos: [] } };
    if (path === '/import') return errorAnswer(409, 'IMPORT_UNAVAILABLE', 'Not the same file');
    if (path === '/upload/start') return { body: { uploadId: 'up1', chunkUrls: [] } };
    if (path.startsWith('/upload/chunk/')) return chunk(request);
    if (path.startsWith('/upload/complete/')) return complete(request);
    if (method === 'DELETE') {
      aborted += 1;
      chunks.clear();
      return { body: {} };
    }
    if (path === '/upload/up1') {
      const receivedBytes = whole().length;
      return { body: { chunkSize: 8 * MiB, missingChunks: missing(), receivedBytes } };
    }
    return { body: jobView({ jobId: 'job1', videoId: 'up1' }) };
  };
  return { routes, whole, aborted: () => aborted };
}

let home: string;
let close = () => Promise.resolve();
beforeEach(() => {
  home = temporaryDirectory();
});
afterEach(async () => {
  await close();
  close = () => Promise.resolve();
});

async function withDaemon(routes: Routes) {
  const daemon = await daemonDouble(home, routes);
  close = () => daemon.close();
  return daemon;
}

async function upload(words: string[], given: Partial<Deps> = {}) {
  const deps = cliDeps({ home, ...given });
  return { exit: await run(['upload', ...words], deps), out: deps.out(), err: deps.err() };
}

function writeEpisode(name: string, bytes: Buffer): string {
  writeFileSync(join(home, name), bytes);
  return name;
}

describe('sending the bytes', () => {
  const bytes = randomBytes(20 * MiB);

  test('in chunks with their checksums, the whole file’s at the end, and prints the video', async () => {
    const store = chunkStore(bytes.length);
    await withDaemon(store.routes);
    const { exit, out } = await upload([writeEpisode('e1.mkv', bytes), '-q']);
    expect([exit, out]).toEqual([0, 'up1\n']);
    expect(store.whole().equals(bytes)).toBe(true);
  });

  test('goes on with an unfinished upload: only the missing chunks travel', async () => {
    const store = chunkStore(bytes.length, new Map([[1, bytes.subarray(8 * MiB, 16 * MiB)]]));
    const daemon = await withDaemon(store.routes);
    const { exit } = await upload([writeEpisode('e1.mkv', bytes), '--via=http', '-q']);
    expect(exit).toBe(0);
    expect(store.whole().equals(bytes)).toBe(true);
    const sent = daemon
      .requests()
      .filter((each) => each.includes('/chunk/'))
      .toSorted();
    expect(sent).toEqual(['POST /upload/chunk/up1/0', 'POST /upload/chunk/up1/2']);
    expect(daemon.requests()).not.toContain('POST /import');
  });

  test('starts again when what was there belonged to another file with the same ends', async () => {
    const store = chunkStore(bytes.length, new Map([[1, randomBytes(8 * MiB)]]));
    await withDaemon(store.routes);
    expect((await upload([writeEpisode('e1.mkv', bytes), '-q'])).exit).toBe(0);
    expect(store.aborted()).toBe(1);
    expect(store.whole().equals(bytes)).toBe(true);
  });

  test('survives a connection that is lost under a chunk', async () => {
    const store = chunkStore(bytes.length);
    let lost = 0;
    await withDaemon((request) => {
      if (request.path.endsWith('/chunk/up1/1') && (lost += 1) === 1) return 'hang up';
      return store.routes(request);
    });
    expect((await upload([writeEpisode('e1.mkv', bytes), '-q'])).exit).toBe(0);
    expect(lost).toBe(2);
  });

  test('gives up on a file that becomes shorter, and leaves no upload behind', async () => {
    const store = chunkStore(bytes.length);
    const file = writeEpisode('e1.mkv', bytes);
    await withDaemon((request) => {
      if (request.path === '/upload/start') truncateSync(join(home, file), 5);
      return store.routes(request);
    });
    const { exit, err } = await upload([file, '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ about: file, error: { code: 'SOURCE_CHANGED' } });
    expect(store.aborted()).toBe(1);
  });

  test('stops on Ctrl-C with 130 and says how to go on', async () => {
    const store = chunkStore(bytes.length);
    const controller = new AbortController();
    await withDaemon((request) => {
      if (request.path.endsWith('/chunk/up1/1')) controller.abort(new Interruption(130));
      return store.routes(request);
    });
    const file = writeEpisode("it's e1.mkv", bytes);
    const { exit, err } = await upload([file], { signal: controller.signal });
    expect(exit).toBe(130);
    expect(err).toContain(`kdrama upload 'it'\\''s e1.mkv'`);
  });
});

describe('what is said of an episode', () => {
  const bytes = randomBytes(MiB);

  /** What the daemon is told when the bytes of `file` are sent. */
  async function told(file: string, words: string[]) {
    const store = chunkStore(bytes.length);
    let metadata: unknown;
    await withDaemon((request) => {
      if (request.path === '/upload/start') {
        ({ metadata } = JSON.parse(request.body.toString()) as { metadata: unknown });
      }
      return store.routes(request);
    });
    mkdirSync(dirname(join(home, file)), { recursive: true });
    expect(await upload([writeEpisode(file, bytes), '-q', ...words])).toMatchObject({ exit: 0 });
    await close();
    return metadata;
  }

  test('is what its folders say, where its name does not, when only its bytes travel', async () => {
    const inFolders = '도깨비/시즌1/episode1.mkv';
    expect(await told(inFolders, [])).toEqual({ series: '도깨비', season: 1 });
    expect(await told(inFolders, ['--series=Goblin'])).toEqual({ series: 'Goblin', season: 1 });
    expect(await told('도깨비/도깨비.S01E02.mkv', [])).toEqual({});
  });

  test('may stand in a file; flags win', async () => {
    writeFileSync(join(home, 'e1.nfo'), '<episodedetails><title>The Call</title></episodedetails>');
    writeFileSync(join(home, 'e1.json'), '{"title":"The Call","episode":1}');
    expect(await told('e1.mkv', ['--metadata=e1.nfo'])).toEqual({ title: 'The Call' });
    const words = ['--metadata=e1.json', '--episode=2'];
    expect(await told('e1.mkv', words)).toEqual({ title: 'The Call', episode: 2 });
  });

  test('wrongly in a file is a usage error, before a daemon is looked for', async () => {
    writeFileSync(join(home, 'e1.json'), '{"season":"one"}');
    const { exit, out, err } = await upload([writeEpisode('e1.mkv', bytes), '--metadata=e1.json']);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('Metadata file e1.json: expected season to be a whole number, got "one"');
  });

  test('in a file is said of one episode', async () => {
    expect((await upload(['a.mkv', 'b.mkv', '--metadata=e1.json'])).exit).toBe(2);
  });
});

describe('without sending bytes', () => {
  const bytes = randomBytes(3 * MiB);

  test('a file that is in the library already is answered at once', async () => {
    const known = videoView({ id: 'known', sizeBytes: bytes.length, sha256: sha256(bytes) });
    const daemon = await withDaemon(({ path }) =>
      path.startsWith('/videos?')
        ? { body: { videos: [known] } }
        : { body: jobView({ videoId: 'known', status: 'completed' }) },
    );
    const { exit, out } = await upload([writeEpisode('e1.mkv', bytes), '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ videoId: 'known', via: 'library' });
    expect(daemon.requests().some((each) => each.startsWith('POST'))).toBe(false);
  });

  test('a file whose job had failed goes on with it', async () => {
    const facts = { sizeBytes: bytes.length, sha256: sha256(bytes), status: 'failed' } as const;
    const known = videoView({ id: 'known', jobId: 'job1', ...facts });
    const daemon = await withDaemon(({ path }) =>
      path.startsWith('/videos?')
        ? { body: { videos: [known] } }
        : { body: jobView({ videoId: 'known', status: 'completed' }) },
    );
    expect((await upload([writeEpisode('e1.mkv', bytes), '-q'])).exit).toBe(0);
    expect(daemon.requests()).toContain('POST /jobs/job1/retry');
  });

  test('the same fingerprint with other content is not the same video', async () => {
    const other = videoView({ sizeBytes: bytes.length, sha256: 'f'.repeat(64) });
    const store = chunkStore(bytes.length);
    await withDaemon((request) =>
      request.path.startsWith('/videos?') ? { body: { videos: [other] } } : store.routes(request),
    );
    expect((await upload([writeEpisode('e1.mkv', bytes), '-q'])).out).toBe('up1\n');
  });

  test('the daemon on this machine takes it by its path, identity and name', async () => {
    let reads = 0;
    const daemon = await withDaemon(({ path }) => {
      if (path.startsWith('/videos?')) return { body: { videos: [] } };
      if (path === '/import')
        return { status: 202, body: { uploadId: 'up1', status: 'importing' } };
      if (path !== '/upload/up1') return { body: jobView() };
      reads += 1;
      const done = { state: 'complete', videoId: 'up1', transcodingJobId: 'job1' };
      const running = { state: 'importing', videoId: null, transcodingJobId: null };
      return { body: { receivedBytes: reads, error: null, ...(reads < 3 ? running : done) } };
    });
    const name = `${'비'.normalize('NFD')} "%d".mkv`;
    const { exit, out } = await upload([
      writeEpisode(name, bytes),
      '--json',
      '--season=2',
      '--link',
    ]);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ file: name, via: 'import', videoId: 'up1' });
    const body = daemon.seen.find(({ path }) => path === '/import')?.body.toString() ?? '';
    expect(JSON.parse(body)).toMatchObject({
      path: join(home, name),
      filename: name,
      link: true,
      metadata: { season: 2 },
      identity: { sizeBytes: bytes.length },
    });
  });

  test('what the probe says of it is the upload’s own error', async () => {
    const error = {
      code: 'UPLOAD_INVALID_FORMAT',
      message: 'File format not supported: only sound',
    };
    const store = chunkStore(bytes.length);
    let reads = 0;
    await withDaemon((request) => {
      if (!request.path.startsWith('/jobs/')) return store.routes(request);
      reads += 1;
      const probing = { playable: false, stage: 'probing' as const };
      if (reads === 1) return { body: jobView({ ...probing, status: 'submitted' }) };
      if (reads === 2) return { body: jobView({ ...probing, status: 'processing' }) };
      return { body: jobView({ ...probing, status: 'failed', error }) };
    });
    const { exit, out, err } = await upload([writeEpisode('e1.mkv', bytes)]);
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain('e1.mkv: File format not supported: only sound');
  });
});

describe('several files', () => {
  test('one that cannot be read is a line of its own, and exit code 6', async () => {
    const bytes = randomBytes(1000);
    const store = chunkStore(bytes.length);
    await withDaemon(store.routes);
    mkdirSync(join(home, 'folder.mkv'));
    writeEpisode('empty.mkv', Buffer.alloc(0));
    writeEpisode('good.mkv', bytes);
    const { exit, out, err } = await upload(['missing.mkv', 'folder.mkv', 'empty.mkv', 'good.mkv']);
    expect(exit).toBe(6);
    expect(out.split('\n')).toHaveLength(2);
    expect(err).toContain('missing.mkv: File cannot be read: there is no such file');
    expect(err).toContain('folder.mkv: File cannot be read: it is a directory');
    expect(err).toContain('empty.mkv: File format not supported: it is empty');
  });

  test('can be named on standard input, with newlines in their names', async () => {
    const { Readable } = await import('node:stream');
    const bytes = randomBytes(1000);
    const store = chunkStore(bytes.length);
    await withDaemon(store.routes);
    const name = writeEpisode('a\nb.mkv', bytes);
    const stdin = Readable.from([`${name}\0`]);
    const { exit, out } = await upload(['--files-from=-', '-0'], { stdin });
    expect(exit).toBe(0);
    expect(out).toContain('a\\nb.mkv');
  });

  test('progress is one line per change, with the address as soon as it is playable', async () => {
    const bytes = randomBytes(1000);
    const store = chunkStore(bytes.length);
    let reads = 0;
    const daemon = await withDaemon((request) => {
      if (!request.path.startsWith('/jobs/')) return store.routes(request);
      reads += 1;
      if (reads < 3) return { body: jobView({ videoId: 'up1', playable: false, progress: 5 }) };
      if (reads < 5) return { body: jobView({ videoId: 'up1' }) };
      return { body: jobView({ videoId: 'up1', status: 'completed' }) };
    });
    const { exit, err, out } = await upload([writeEpisode('e1.mkv', bytes), '--wait']);
    expect(exit).toBe(0);
    const watch = `${daemon.url}/#/watch/up1`;
    expect(err.split('\n')).toEqual([
      'e1.mkv: uploading 1.0 kB, 0%',
      'e1.mkv: uploading 1.0 kB, 100%',
      'e1.mkv: encoding 0%',
      `e1.mkv: encoding 40%, playable: ${watch}`,
      `e1.mkv: ready: ${watch}`,
      '',
    ]);
    expect(out).toBe(`up1\tready\te1.mkv\t${watch}\n`);
  });
});

describe('with the live view', () => {
  const rest = 'The rest is being made: "kdrama status --follow" shows it.\n';

  /** A terminal, and a daemon whose episode is playable when its job is read for the `reads`th time. */
  async function onTerminal(reads: number, onRead: (count: number) => void = () => undefined) {
    const store = chunkStore(5);
    let count = 0;
    await withDaemon((request) => {
      if (!request.path.startsWith('/jobs/')) return store.routes(request);
      onRead((count += 1));
      return { body: jobView({ videoId: 'up1', playable: count >= reads }) };
    });
    writeEpisode('e1.mkv', Buffer.from('bytes'));
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
    stderr.setEncoding('utf8');
    return { stderr, said: () => stderr.read() as string };
  }

  test('is followed until it plays, and what is still made is said once', async () => {
    const { stderr, said } = await onTerminal(3);
    const { exit, out } = await upload(['e1.mkv'], { stderr });
    expect([exit, out]).toEqual([0, expect.stringContaining('playable 41%')]);
    expect(said().endsWith(rest)).toBe(true);
  });

  test('is not, in a pipe or where only lines are wanted', async () => {
    const { stderr, said } = await onTerminal(3);
    const { out } = await upload(['e1.mkv', '--progress=plain'], { stderr });
    expect(out).toContain('processing 41%');
    expect(said()).not.toContain(rest);
    expect((await upload(['e1.mkv', '-q'], { stderr })).out).toBe('up1\n');
  });

  test('Ctrl-C says that it goes on by itself', async () => {
    const controller = new AbortController();
    const stop = (count: number) => count === 4 && controller.abort(new Interruption(130));
    const { stderr, said } = await onTerminal(Infinity, stop);
    const { exit } = await upload(['e1.mkv'], { stderr, signal: controller.signal });
    expect(exit).toBe(130);
    expect(said()).toContain(
      'The daemon goes on with e1.mkv by itself; see it with: kdrama status',
    );
  });
});
