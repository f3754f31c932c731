import { rmSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { progressLine, showProgress } from '../../../src/cli/export/show-progress.js';
import { terminalHint } from '../../../src/cli/output/terminal-hint.js';
import { errorCodes, KdramaError } from '../../../src/shared/errors.js';
import { episodeName } from '../../../src/cli/output/episode-words.js';
import { libraryLines } from '../../../src/cli/output/library-text.js';
import { playerInstallHint, playerPrograms, starts } from '../../../src/cli/player/start-player.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import {
  daemonDouble,
  errorAnswer,
  jobView,
  videoView,
  type Routes,
} from '../../support/daemon-double.js';

const home = temporaryDirectory();
let close = () => Promise.resolve();
afterEach(async () => {
  await close();
  rmSync(`${home}/daemon.json`, { force: true });
});

async function withDaemon(routes: Routes) {
  const daemon = await daemonDouble(home, routes);
  close = () => daemon.close();
  return daemon;
}

async function kdrama(...words: string[]) {
  const deps = cliDeps({ home });
  return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
}

const unknown = errorAnswer(404, 'TRANSCODE_JOB_NOT_FOUND', 'Transcoding job not found');

describe.each(['pause', 'resume', 'retry'])('%s', (command) => {
  test('asks for each job, and one that is not there spoils none of the others', async () => {
    const daemon = await withDaemon(({ path }) =>
      path.includes('nope') ? unknown : { body: jobView() },
    );
    const { exit, out, err } = await kdrama(command, 'video1', 'nope', 'video2');
    expect([exit, out]).toEqual([6, 'job1\njob1\n']);
    expect(err).toContain('kdrama: nope: Transcoding job not found');
    expect(daemon.requests()).toContain(`POST /jobs/video2/${command}`);
    expect((await kdrama(command, 'nope')).exit).toBe(3);
  });
});

describe('an error of the daemon', () => {
  const hint = 'GET /jobs ("kdrama status") lists the jobs that are there.';
  const error = { code: 'TRANSCODE_JOB_NOT_FOUND', message: 'Not here', hint };

  test('says what helps at a terminal, not what helps a program that speaks HTTP', async () => {
    await withDaemon(() => ({ status: 404, body: { error } }));
    const { err } = await kdrama('retry', 'nope');
    expect(err).toContain('"kdrama status" shows');
    expect(err).not.toContain('GET');
    expect((await kdrama('retry', 'nope', '--json')).err).not.toContain('GET');
  });

  test('keeps a hint that is about this very case', async () => {
    const own = { ...error, hint: 'It was removed yesterday.' };
    await withDaemon(() => ({ status: 404, body: { error: own } }));
    expect((await kdrama('retry', 'nope')).err).toContain('It was removed yesterday.');
  });

  test('no hint that a person reads is written for HTTP clients', () => {
    for (const code of errorCodes) {
      // What a command of ours can never be answered.
      if (/^(TUS|IDEMPOTENCY|STREAM_SEGMENT|UPLOAD_OFFSET|UPLOAD_LOCKED|RANGE|HEADERS)/.test(code))
        continue;
      const shown = terminalHint(new KdramaError(code));
      expect(shown ?? '', code).not.toMatch(/\b(GET|POST|HEAD|DELETE|Retry-After)\b|\/docs/);
    }
  });
});

describe('rm', () => {
  const found: Routes = ({ method }) =>
    method === 'DELETE' ? { status: 204, body: undefined } : { body: videoView() };

  test('removes nothing where it can neither ask nor was told --yes', async () => {
    const daemon = await withDaemon(found);
    const { exit, out, err } = await kdrama('rm', 'video1');
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('--yes');
    expect(daemon.requests().some((each) => each.startsWith('DELETE'))).toBe(false);
  });

  test('takes the id of a job too, and a video that is named twice is removed once', async () => {
    const daemon = await withDaemon(found);
    expect(await kdrama('rm', '--yes', 'job1', 'video1')).toMatchObject({
      exit: 0,
      out: 'video1\n',
    });
    const deletes = daemon.requests().filter((each) => each.startsWith('DELETE'));
    expect(deletes).toEqual(['DELETE /videos/video1']);
  });
});

describe('edit', () => {
  test('sends what was said and nothing else; none is not known', async () => {
    const daemon = await withDaemon(() => ({ body: videoView({ title: 'The end' }) }));
    const { exit, err } = await kdrama(
      ...['edit', 'job1', '--title=The end', '--season=2', '--episode', 'none', '--series='],
    );
    expect(exit).toBe(0);
    const patch = daemon.seen.find(({ method }) => method === 'PATCH');
    expect(patch?.path).toBe('/videos/video1');
    expect(JSON.parse(patch?.body.toString() ?? '')).toEqual({
      title: 'The end',
      season: 2,
      episode: null,
      series: '',
    });
    expect(err).toBe('It is now Rain S01E03 “The end”.\n');
  });

  test('without anything to change is a usage error', async () => {
    expect((await kdrama('edit', 'job1')).exit).toBe(2);
    expect((await kdrama('edit', 'job1', '--season=first')).exit).toBe(2);
  });
});

describe('list', () => {
  const library: Routes = () => ({
    body: {
      videos: [
        videoView({ id: 'ready' }),
        videoView({ id: 'playable', status: 'processing', season: 2 }),
        videoView({ id: 'failed', status: 'failed', playable: false, season: null }),
      ],
      nextCursor: null,
    },
  });
  const idsOf = async (...words: string[]) =>
    (await kdrama('list', '-q', ...words)).out.split('\n');

  test('lets the daemon search, and picks season and state itself', async () => {
    const daemon = await withDaemon(library);
    await kdrama('list', 'the', 'rain');
    expect(daemon.requests().at(-1)).toBe('GET /videos?limit=500&query=the+rain');
    expect(await idsOf('--season=2')).toEqual(['playable', '']);
    expect(await idsOf('--state=ready')).toEqual(['ready', '']);
    expect(await idsOf('--state=playable')).toEqual(['ready', 'playable', '']);
    expect(await idsOf('--state=failed', '--season=1')).toEqual(['']);
    expect((await kdrama('list', '--season=9')).err).toContain('No episode is like that');
  });

  const series = ['rain', 'Rain', 'Rain 2', 'É', '도깨비'];
  const bySeries: Routes = ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://daemon');
    if (pathname === '/series')
      return { body: { series: series.map((name) => ({ series: name })) } };
    const wanted = searchParams.get('series') ?? 'all';
    const createdAt = `2026-01-0${series.indexOf(wanted) + 2}T00:00:00.000Z`;
    return { body: { videos: [videoView({ id: `of ${wanted}`, series: wanted, createdAt })] } };
  };

  test('asks the daemon for a series as it is written there, whatever was typed', async () => {
    const daemon = await withDaemon(bySeries);
    expect(await idsOf('--series=RAIN 2')).toEqual(['of Rain 2', '']);
    expect(await idsOf(`--series=${'é'.normalize('NFD')}`)).toEqual(['of É', '']);
    expect(await idsOf(`--series=${'도깨비'.normalize('NFD')}`)).toEqual(['of 도깨비', '']);
    expect(await idsOf('--series=gone')).toEqual(['']);
    expect(await idsOf('--series=')).toEqual(['of ', '']);
    expect(daemon.requests()).not.toContain('GET /videos?limit=500');
    await kdrama('list', 'end', '--series=rain 2');
    expect(daemon.requests().at(-1)).toBe('GET /videos?limit=500&query=end&series=Rain+2');
  });

  test('of a series that is written in two ways goes by age, not by spelling', async () => {
    await withDaemon(bySeries);
    expect(await idsOf('--series=Rain')).toEqual(['of Rain', 'of rain', '']);
  });

  const shelf = [
    videoView({ id: 'v10', season: 1, episode: 10, title: 'Ten' }),
    videoView({ id: 'v2', season: 1, episode: 2, title: 'Two' }),
    videoView({ id: 'film', series: '', season: null, episodeKnown: false, title: 'A film' }),
    videoView({ id: 'v201', season: 2, episode: 1, title: 'Again' }),
    videoView({ id: 'g', series: '도깨비', season: 1, episode: 1, title: '첫눈' }),
  ];

  test('on a terminal goes by series, season and episode', () => {
    expect(libraryLines(shelf, 80)).toEqual([
      'EPISODE   STATE  LENGTH  VIDEO  TITLE',
      '',
      'Rain',
      '  S01E02  ready  24:06   v2     Two',
      '  S01E10  ready  24:06   v10    Ten',
      '  S02E01  ready  24:06   v201   Again',
      '',
      '도깨비',
      '  S01E01  ready  24:06   g      첫눈',
      '',
      'No series',
      '  -       ready  24:06   film   A film',
    ]);
  });

  test('on a narrow terminal loses nothing: what has no room goes to the next line', () => {
    expect(libraryLines(shelf.slice(0, 2), 24)).toEqual([
      'Rain',
      '  S01E02  ready  24:06',
      '    v2  Two',
      '  S01E10  ready  24:06',
      '    v10  Ten',
    ]);
  });
});

test('an episode is named by what is known of it', () => {
  expect(episodeName(videoView({ title: 'The end' }))).toBe('Rain S01E03 “The end”');
  expect(episodeName(videoView())).toBe('Rain S01E03');
  const film = { series: '', season: null, episodeKnown: false, title: 'A\u001bfilm' };
  expect(episodeName(videoView(film))).toBe('A\\u001bfilm');
});

describe('open --player', () => {
  const stream = '/api/v1/stream/video1/key/k/hls/master.m3u8';
  const signed: Routes = () => ({ body: videoView({ streamingUrls: { hls: stream, mp4: null } }) });

  test('starts the player with the signed address', async () => {
    const daemon = await withDaemon(signed);
    const started: string[][] = [];
    const startPlayer = (player: string, url: string) => {
      started.push([player, url]);
      return Promise.resolve({ is: 'playing' } as const);
    };
    const deps = cliDeps({ home, startPlayer });
    expect(await run(['open', 'video1', '--player', 'mpv'], deps)).toBe(0);
    expect(started).toEqual([['mpv', `${daemon.url}${stream}`]]);
  });

  test('gives mpv the one file of what is ready, which it can seek in', async () => {
    const mp4 = stream.replace('hls/master.m3u8', 'video.mp4');
    const streamingUrls = { hls: stream, mp4 };
    const view = videoView({ streamingUrls, availableQualities: ['1080p', '360p'] });
    const daemon = await withDaemon(() => ({ body: view }));
    const started: string[][] = [];
    const startPlayer = (player: string, url: string) => {
      started.push([player, url]);
      return Promise.resolve({ is: 'playing' } as const);
    };
    const deps = cliDeps({ home, startPlayer });
    await run(['open', 'video1', '--player', 'mpv'], deps);
    await run(['open', 'video1', '--player', 'vlc'], deps);
    await run(['open', 'video1', '--url', '--mp4'], deps);
    const file = `${daemon.url}${mp4}?quality=1080p`;
    expect(started).toEqual([
      ['mpv', file],
      ['vlc', `${daemon.url}${stream}`],
    ]);
    expect(deps.out()).toBe(`${file}\n`);
  });

  test('--mp4 of what is not ready says what to do', async () => {
    await withDaemon(signed);
    const { exit, err } = await kdrama('open', 'video1', '--url', '--mp4');
    expect(exit).not.toBe(0);
    expect(err).toContain('kdrama wait video1');
  });

  test('--mp4 is the file of a quality that is made while others are not', async () => {
    const streamingUrls = { hls: stream, mp4: null };
    const view = videoView({ streamingUrls, availableQualities: ['2160p-hevc', '1080p', '360p'] });
    const [rendition] = jobView().renditions;
    const made = (name: string, kind: 'video' | 'audio', segmentsDone: number) => ({
      ...{ ...rendition, name, kind, segments: 8, segmentsDone },
    });
    const renditions = [made('1080p', 'video', 8), made('360p', 'video', 3), made('a', 'audio', 8)];
    const { url } = await withDaemon(({ path }) => ({
      body: path.startsWith('/jobs') ? { ...jobView(), renditions } : view,
    }));
    const file = `${url}${stream.replace('hls/master.m3u8', 'video.mp4')}?quality=1080p\n`;
    expect((await kdrama('open', 'video1', '--url', '--mp4')).out).toBe(file);
    expect((await kdrama('open', 'video1', '--url', '--mp4', '--quality=1080p')).out).toBe(file);
    const unmade = await kdrama('open', 'video1', '--url', '--mp4', '--quality=360p');
    expect(unmade.err).toContain('kdrama wait video1');
    renditions[2] = made('a', 'audio', 7);
    expect((await kdrama('open', 'video1', '--url', '--mp4')).exit).not.toBe(0);
  });

  test('--mp4 and --quality say nothing of the page', async () => {
    for (const option of ['--mp4', '--quality=360p']) {
      const { exit, err } = await kdrama('open', 'video1', option);
      expect([exit, err]).toEqual([2, expect.stringContaining('needs --url or --player')]);
    }
  });

  test('--quality is one that the video has, of the playlist and of the file', async () => {
    const mp4 = stream.replace('hls/master.m3u8', 'video.mp4');
    const streamingUrls = { hls: stream, mp4 };
    const view = videoView({ streamingUrls, availableQualities: ['1080p', '360p'] });
    const { url } = await withDaemon(() => ({ body: view }));
    const plain = await kdrama('open', 'video1', '--url', '--quality', '360p');
    expect(plain.out).toBe(`${url}${stream}?quality=360p\n`);
    const file = await kdrama('open', 'video1', '--url', '--mp4', '--quality', '360p');
    expect(file.out).toBe(`${url}${mp4}?quality=360p\n`);
    const other = await kdrama('open', 'video1', '--url', '--quality', '480p');
    expect([other.exit, other.out]).toEqual([3, '']);
    expect(other.err).toMatch(/no quality 480p.*\n.*1080p, 360p/);
  });

  test('that ends at once with an error is said, with the address to try otherwise', async () => {
    const daemon = await withDaemon(signed);
    const startPlayer = () => starts(process.execPath, ['-e', 'process.exit(5)']);
    const deps = cliDeps({ home, startPlayer });
    expect(await run(['open', 'video1', '--player', 'vlc'], deps)).toBe(1);
    expect(deps.out()).toBe(`${daemon.url}${stream}\n`);
    expect(deps.err()).toContain('vlc ended at once (exit code 5).');
    expect(deps.err()).not.toContain('Started');
    // One that runs already takes the address over.
    expect(await starts(process.execPath, ['-e', ''])).toEqual({ is: 'playing' });
    expect(await starts('/nowhere/vlc', [])).toEqual({ is: 'missing' });
  });

  test('that is not there says how to install it', async () => {
    await withDaemon(signed);
    const { exit, err } = await kdrama('open', 'video1', '--player=vlc');
    expect(exit).toBe(3);
    expect(err).toMatch(/vlc is not installed here.*\n {2}Install it: .*vlc/);
    expect(playerInstallHint('mpv', 'darwin')).toContain('brew install mpv');
    expect(playerPrograms('vlc', 'darwin')).toContain('/Applications/VLC.app/Contents/MacOS/VLC');
  });
});

describe('export', () => {
  test('without -o is a usage error with a command that fits', async () => {
    const { exit, err } = await kdrama('export', 'video1');
    expect(exit).toBe(2);
    expect(err).toContain('error: name the file to write: kdrama export video1 -o episode.mp4');
  });

  test('shows on a terminal how far it is, on one line of which nothing stays', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    terminal.setEncoding('utf8');
    const deps = cliDeps({ home, stderr: terminal });
    const piece = Buffer.alloc(3000);
    const passed: Buffer[] = [];
    for await (const each of showProgress(Readable.from([piece]), 3000, deps)) passed.push(each);
    expect(passed).toEqual([piece]);
    expect(terminal.read()).toBe('\r\u001b[K100%\r\u001b[K');
  });

  test('says percent, pace and what is left, or bytes where the end is not known', () => {
    expect(progressLine(25e6, 100e6, 5e6)).toBe('25%  5.0 MB/s  0:15 left');
    expect(progressLine(25e6, null, null)).toBe('25 MB');
  });
});
