import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import {
  daemonDouble,
  errorAnswer,
  jobView,
  videoView,
  watchView,
  type Routes,
} from '../../support/daemon-double.js';

const home = temporaryDirectory();
let close = () => Promise.resolve();
afterEach(async () => {
  await close();
  close = () => Promise.resolve();
  rmSync(`${home}/daemon.json`, { force: true });
});

async function withDaemon(routes: Routes, facts = {}) {
  const daemon = await daemonDouble(home, routes, facts);
  close = () => daemon.close();
  return daemon;
}

async function kdrama(...words: string[]) {
  const deps = cliDeps({ home });
  return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
}

describe('status', () => {
  const files = { waiting: 2, importing: 0, added: 5, refused: 1, noted: 0 };
  const jobs: Routes = ({ path }) => {
    if (path === '/jobs?status=processing,queued,submitted,paused') {
      return { body: { jobs: [jobView()] } };
    }
    if (path === '/jobs/job1') return { body: jobView({ title: 'a\nb' }) };
    if (path === '/watches') return { body: { watches: [watchView({ files })] } };
    return errorAnswer(404, 'TRANSCODE_JOB_NOT_FOUND', 'Transcoding job not found');
  };

  test('prints what runs and waits, as one JSON value a line when asked', async () => {
    await withDaemon(jobs);
    const { exit, out } = await kdrama('status', '--json');
    expect(exit).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([jobView()]);
  });

  test('in a pipe a row is cells between tabs, without headings', async () => {
    await withDaemon(jobs);
    const { out, err } = await kdrama('status');
    expect(out).toBe('job1\tplayable 41%\tencoding\t2.4×\t\tRain\n');
    expect(err).toBe('Watching /videos (keep): 2 waiting, 1 refused\n');
  });

  test('does without watched folders where they are not to be seen', async () => {
    const refusal = errorAnswer(403, 'AUTH_INSUFFICIENT_PERMISSIONS', 'User lacks permissions');
    await withDaemon((request) => (request.path === '/watches' ? refusal : jobs(request)));
    const { exit, err } = await kdrama('status');
    expect([exit, err]).toEqual([0, '']);
  });

  test('of one job shows its renditions and why each is copied or encoded, on safe lines', async () => {
    const renditions = [
      {
        name: '1080p',
        kind: 'video' as const,
        method: 'copied' as const,
        reason: 'H.264 High, regular keyframes',
        onDemand: false,
        segments: 10,
        segmentsDone: 4,
        bytes: 5_000_000,
        width: 1920,
        height: 1080,
        language: null,
        default: false,
        encoder: null,
      },
    ];
    const plan = {
      jobId: 'job1',
      renditions: [
        {
          name: '1080p',
          runs: [
            { state: 'made', segments: 4 },
            { state: 'waiting', segments: 6 },
          ],
        },
      ],
    };
    await withDaemon(({ path }) => ({
      body: path.endsWith('/plan') ? plan : jobView({ title: 'a\nb', renditions }),
    }));
    const { exit, out } = await kdrama('status', 'job1');
    expect(exit).toBe(0);
    expect(out).toContain('a\\nb');
    expect(out).toMatch(/^1080p {2}####\.\.\.\.\.\.$/m);
    expect(out).toMatch(/1080p +copied +4\/10 +5\.0 MB +1920×1080 +H\.264 High, regular keyframes/);
  });

  test('--exit-status is 8 while it runs', async () => {
    await withDaemon(jobs);
    expect((await kdrama('status', 'job1', '--exit-status', '-q')).exit).toBe(8);
  });

  test('an unknown job is exit code 3 with the daemon’s own words, as JSON when asked', async () => {
    await withDaemon(jobs);
    const { exit, out, err } = await kdrama('status', 'nope', '--json');
    expect(exit).toBe(3);
    expect(out).toBe('');
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'TRANSCODE_JOB_NOT_FOUND' } });
  });

  test('--follow prints a line per change and the job at its end', async () => {
    let reads = 0;
    await withDaemon(({ path }) => {
      if (path.endsWith('/plan')) return { body: { jobId: 'job1', renditions: [] } };
      reads += 1;
      const estimatedCompletion = new Date(Date.now() + 90_400).toISOString();
      if (reads < 3) return { body: jobView({ progress: 41 + reads, estimatedCompletion }) };
      return { body: jobView({ status: 'completed', progress: 100 }) };
    });
    const { exit, err, out } = await kdrama('status', 'job1', '--follow', '--exit-status');
    expect(exit).toBe(0);
    expect(err).toBe('Rain: encoding 40%, playable, 2.4×, 1:30 left\nRain: ready\n');
    expect(out).toContain('ready');
  });
});

describe('list', () => {
  test('has one video a line, newest first as the daemon says, and -q has only ids', async () => {
    await withDaemon(() => ({ body: { videos: [videoView(), videoView({ id: 'video2' })] } }));
    expect((await kdrama('list')).out.split('\n')[0]).toBe(
      'video1\tready\t24:06\tS01E03\tRain\tRain',
    );
    expect((await kdrama('list', '-q')).out).toBe('video1\nvideo2\n');
  });

  test('an empty library is no data and a friendly word', async () => {
    await withDaemon(() => ({ body: { videos: [] } }));
    const { exit, out, err } = await kdrama('list');
    expect([exit, out]).toEqual([0, '']);
    expect(err).toContain('kdrama upload');
  });
});

describe('wait', () => {
  test('ends with 0 when all are ready and prints each', async () => {
    await withDaemon(() => ({ body: jobView({ status: 'completed' }) }));
    expect(await kdrama('wait', 'job1', '-q')).toMatchObject({ exit: 0, out: 'job1\n' });
  });

  test('names what it waited for as it was given', async () => {
    await withDaemon(() => ({ body: jobView({ status: 'completed' }) }));
    expect((await kdrama('wait', 'video1')).out).toBe('video1\tready\n');
    expect((await kdrama('wait', 'video1', '-q')).out).toBe('video1\n');
  });

  test('for nothing at all, as after an upload that failed, is no success', async () => {
    await withDaemon(() => ({ body: jobView({ status: 'completed' }) }));
    const { exit, out, err } = await kdrama('wait', '--files-from', '-');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toBe('No ids came in, so there is nothing to wait for.\n');
  });

  test('is content with playable when that is asked for', async () => {
    await withDaemon(() => ({ body: jobView() }));
    expect((await kdrama('wait', 'job1', '--for=playable', '-q')).exit).toBe(0);
  });

  test('a failed job is 1 with its error, some of several 6', async () => {
    const error = {
      code: 'UPLOAD_INVALID_FORMAT',
      message: 'File format not supported: only sound',
    };
    await withDaemon(({ path }) => ({
      body: path.endsWith('bad')
        ? jobView({ status: 'failed', error })
        : jobView({ status: 'completed' }),
    }));
    const one = await kdrama('wait', 'bad');
    expect(one.exit).toBe(1);
    expect(one.err).toContain('only sound');
    expect((await kdrama('wait', 'bad', 'good')).exit).toBe(6);
  });

  test('gives up after --timeout with 124, and the daemon goes on', async () => {
    const daemon = await withDaemon(() => ({ body: jobView() }));
    const { exit, err } = await kdrama('wait', 'job1', '--timeout=0.2');
    expect(exit).toBe(124);
    expect(err).toContain('the daemon goes on');
    expect(daemon.requests().some((each) => each.startsWith('DELETE'))).toBe(false);
  });

  test('survives a daemon that hangs up once', async () => {
    let reads = 0;
    await withDaemon(() => {
      reads += 1;
      return reads === 1 ? 'hang up' : { body: jobView({ status: 'completed' }) };
    });
    expect((await kdrama('wait', 'job1', '-q')).exit).toBe(0);
  });
});

describe('cancel', () => {
  test('asks the daemon once and prints the job', async () => {
    const daemon = await withDaemon(() => ({ body: jobView({ status: 'cancelled' }) }));
    expect(await kdrama('cancel', 'video1')).toMatchObject({ exit: 0, out: 'job1\n' });
    expect(daemon.requests()).toContain('DELETE /jobs/video1');
  });
});

describe('retry', () => {
  test('asks the daemon once and prints the job', async () => {
    const daemon = await withDaemon(() => ({ body: jobView({ status: 'processing' }) }));
    expect(await kdrama('retry', 'video1')).toMatchObject({ exit: 0, out: 'job1\n' });
    expect(daemon.requests()).toContain('POST /jobs/video1/retry');
  });
});

describe('the daemon', () => {
  test('that does not run is exit code 4 and the command that starts it', async () => {
    const { exit, err } = await kdrama('status');
    expect(exit).toBe(4);
    expect(err).toContain('kdrama upload FILE');
  });

  test('gets the token of this home, but only after it has said who it is', async () => {
    const daemon = await withDaemon(() => ({ body: { videos: [] } }));
    await kdrama('list');
    const [health, list] = daemon.seen;
    expect(health?.headers.authorization).toBeUndefined();
    expect(list?.headers.authorization).toBe('Bearer secret-token');
  });

  test('of another instance than daemon.json says is not ours: no token, exit code 4', async () => {
    const daemon = await withDaemon(() => ({ body: { videos: [] } }), { instanceId: 'other' });
    expect((await kdrama('list')).exit).toBe(4);
    expect(daemon.seen.every((each) => each.headers.authorization === undefined)).toBe(true);
  });

  test('with another API version is exit code 4, with another version one warning', async () => {
    await withDaemon(() => ({ body: { videos: [] } }), { apiVersion: 'v9' });
    expect((await kdrama('list')).exit).toBe(4);
    await close();
    await withDaemon(() => ({ body: { videos: [] } }), { version: '9.9.9' });
    const { exit, err } = await kdrama('list');
    expect(exit).toBe(0);
    expect(err).toContain('Warning: this is kdrama 0.1.0, the daemon is 9.9.9.');
  });

  test('named by KDRAMA_HOST is used instead, without the token of this home when it is elsewhere', async () => {
    const { isLoopback, readToken, remoteAddress } =
      await import('../../../src/cli/daemon/address.js');
    expect(remoteAddress({ KDRAMA_HOST: 'nas:7474' })).toBe('http://nas:7474');
    expect(remoteAddress({ KDRAMA_HOST: 'https://x.example/' })).toBe('https://x.example');
    expect(() => remoteAddress({ KDRAMA_HOST: 'ftp://x' })).toThrow('KDRAMA_HOST');
    expect(isLoopback('http://nas:7474')).toBe(false);
    expect(readToken({}, undefined)).toBeUndefined();
    expect(readToken({ KDRAMA_TOKEN: 't' }, undefined)).toBe('t');
  });
});

describe('usage', () => {
  test.each([[['frobnicate']], [['wait']], [['wait', 'x', '--timeout=soon']], [[]]])(
    '%j is exit code 2 and says so on stderr',
    async (words) => {
      const { exit, out, err } = await kdrama(...words);
      expect([exit, out]).toEqual([2, '']);
      expect(err).not.toBe('');
    },
  );

  test('--help and --version are data', async () => {
    const help = await kdrama('--help');
    expect(help.exit).toBe(0);
    expect(help.out).toContain('upload');
    expect((await kdrama('--version')).out).toBe('0.1.0\n');
  });

  test('token show prints the token, or says how to get one', async () => {
    const none = await run(['token', 'show'], cliDeps());
    expect(none).toBe(3);
    await withDaemon(() => ({ body: {} }));
    expect((await kdrama('token', 'show')).out).toBe('secret-token\n');
  });
});

describe('du', () => {
  const usage = {
    videos: [
      { videoId: 'big', title: 'Rain', sourceBytes: 2_000_000, renditionBytes: 3_000_000 },
      { videoId: 'small', title: 'Snow', sourceBytes: 0, renditionBytes: 1000 },
    ],
    total: { videos: 2, sourceBytes: 2_000_000, renditionBytes: 3_001_000 },
  };

  test('is a line for each video, and all together for people', async () => {
    await withDaemon(() => ({ body: usage }));
    const { out, err } = await kdrama('du');
    expect(out).toBe('big\t5.0 MB\t2.0 MB\t3.0 MB\tRain\nsmall\t1.0 kB\t0 B\t1.0 kB\tSnow\n');
    expect(err).toContain('2 videos take 5.0 MB: sources 2.0 MB, made 3.0 MB.');
  });

  test('is NDJSON with --json', async () => {
    await withDaemon(() => ({ body: usage }));
    const { out } = await kdrama('du', '--json');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(usage.videos);
  });
});
