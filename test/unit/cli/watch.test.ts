import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { nodeRequest } from '../../../src/cli/api/node-request.js';
import { run } from '../../../src/cli/main.js';
import type { WatchedFileView, WatchView } from '../../../src/shared/contract/index.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { daemonDouble, errorAnswer, watchView, type Routes } from '../../support/daemon-double.js';

const home = temporaryDirectory();
let daemon: Awaited<ReturnType<typeof daemonDouble>>;
afterEach(async () => {
  await daemon.close();
  rmSync(`${home}/daemon.json`, { force: true });
});

async function kdrama(routes: Routes, ...words: string[]) {
  daemon = await daemonDouble(home, routes);
  const deps = cliDeps({ home, cwd: '/videos' });
  return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
}

const sent = () =>
  daemon.seen
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => JSON.parse(body.toString()) as unknown);

function fileView(facts: Partial<WatchedFileView>): WatchedFileView {
  const rest = { present: true, sizeBytes: 5, updatedAt: '2026-01-01T00:00:00.000Z' };
  return {
    path: '/videos/a.mkv',
    state: 'added',
    videoId: 'video1',
    error: null,
    ...rest,
    ...facts,
  };
}
const refused = fileView({
  path: '/videos/b.mkv',
  state: 'refused',
  videoId: null,
  error: { code: 'UPLOAD_INVALID_FORMAT', message: 'File format not supported: it is cut off' },
});

describe('watch', () => {
  const accept: Routes = () => ({ body: watchView() });

  test('has folders watched, each by its whole path, and prints their ids', async () => {
    const { exit, out, err } = await kdrama(accept, 'watch', 'tv', '/elsewhere');
    expect([exit, out]).toEqual([0, 'watch1\t/videos\nwatch1\t/videos\n']);
    expect(err).toContain('stay where they are');
    expect(sent()).toEqual([
      { path: '/videos/tv', once: false },
      { path: '/elsewhere', once: false },
    ]);
  });

  test('sends what was said, and only that', async () => {
    await kdrama(accept, 'watch', '-q', '--move', '--poll', '.');
    expect(sent()).toEqual([{ path: '/videos', once: false, mode: 'move', poll: true }]);
  });

  test('of several goes on when one cannot be watched, with exit code 6', async () => {
    const routes: Routes = ({ body }) =>
      body.includes('tv') ? accept({} as never) : errorAnswer(400, 'FILE_UNREADABLE', 'no folder');
    const { exit, out, err } = await kdrama(routes, 'watch', '-q', 'nothere', 'tv');
    expect([exit, out]).toEqual([6, 'watch1\n']);
    expect(err).toContain('kdrama: nothere: no folder');
  });

  test.each([
    [['watch'], 'name a folder'],
    [['watch', '--keep', '--move', '.'], 'cannot be used with'],
  ])('%j is a mistake', async (words, reason) => {
    const { exit, err } = await kdrama(accept, ...words);
    expect(exit).toBe(2);
    expect(err).toContain(reason);
  });
});

describe('watch --once', () => {
  function once(
    files: readonly WatchedFileView[],
    views: readonly Partial<WatchView>[] = [],
  ): Routes {
    const left = [...views];
    return ({ path }) => {
      if (path.includes('/files')) return { body: { files, nextCursor: null } };
      return { body: watchView({ once: true, ...left.shift() }) };
    };
  }

  test('prints what became of each file when all have ended; some failed: exit code 6', async () => {
    const waiting = { settled: false, files: { ...watchView().files, waiting: 2 } };
    const routes = once([fileView({}), refused], [{}, waiting, waiting]);
    const { exit, out, err } = await kdrama(routes, 'watch', '--once', '.');
    expect(exit).toBe(6);
    expect(out).toBe('video1\tadded\t/videos/a.mkv\n-\trefused\t/videos/b.mkv\n');
    expect(err.match(/2 waiting/g)).toHaveLength(1);
    expect(err).toContain('/videos/b.mkv: File format not supported: it is cut off');
  });

  test('says nothing of what is not there any more, but for what was moved just now', async () => {
    const old = fileView({ path: '/videos/old.mkv', present: false });
    const moved = fileView({ present: false, updatedAt: '2999-01-01T00:00:00.000Z' });
    const { exit, out } = await kdrama(once([moved, old]), 'watch', '--once', '-q', '.');
    expect([exit, out]).toEqual([0, 'video1\n']);
  });

  test('prints JSON, a file a line', async () => {
    const { out } = await kdrama(once([fileView({}), refused]), 'watch', '--once', '--json', '.');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([fileView({}), refused]);
  });

  test('gives up in time, and says so when the folder is away', async () => {
    const waiting = Array.from({ length: 20 }, () => ({ settled: false }));
    expect((await kdrama(once([], waiting), 'watch', '--once', '--timeout', '0.3', '.')).exit).toBe(
      124,
    );
    await daemon.close();
    const away = { error: { code: 'FILE_UNREADABLE', message: 'its disk is not there' } };
    const { exit, err } = await kdrama(once([], [{}, away]), 'watch', '--once', '.');
    expect(exit).toBe(1);
    expect(err).toContain('its disk is not there');
  });
});

describe('watch list and remove', () => {
  const routes: Routes = ({ method, path }) => {
    if (method === 'DELETE') return { status: 204, body: null };
    if (path === '/watches') return { body: { watches: [watchView()] } };
    return { body: { files: [fileView({}), refused], nextCursor: null } };
  };

  test('list shows the folders', async () => {
    const { out } = await kdrama(routes, 'watch', 'list');
    expect(out).toBe('watch1\twatching\tkeep\t0\t0\t0\t/videos\n');
  });

  test('list of one shows its files, and why some are none', async () => {
    const { exit, out, err } = await kdrama(routes, 'watch', 'list', '.');
    expect(exit).toBe(0);
    expect(out).toBe('video1\tadded\t/videos/a.mkv\n-\trefused\t/videos/b.mkv\n');
    expect(err).toBe('/videos/b.mkv: File format not supported: it is cut off\n');
  });

  test('remove takes the folder or its id; what is not watched is not found', async () => {
    expect((await kdrama(routes, 'watch', 'remove', '-q', '/videos')).out).toBe('watch1\n');
    expect(daemon.requests()).toContain('DELETE /watches/watch1');
    await daemon.close();
    expect((await kdrama(routes, 'watch', 'remove', 'watch1')).exit).toBe(0);
    await daemon.close();
    expect((await kdrama(routes, 'watch', 'remove', '/other')).exit).toBe(3);
  });

  test('list says which files are gone, but not of those that were moved into the library', async () => {
    const listed = async (mode: 'keep' | 'move') => {
      const files = [
        fileView({ present: false }),
        { ...refused, present: false },
        fileView({ path: '/videos/c.mkv' }),
      ];
      const { out } = await kdrama(
        ({ path }) => ({
          body: path === '/watches' ? { watches: [watchView({ mode })] } : { files },
        }),
        ...['watch', 'list', '.'],
      );
      return out.split('\n').map((line) => line.split('\t')[1]);
    };
    expect(await listed('keep')).toEqual(['added, gone', 'refused, gone', 'added', undefined]);
    await daemon.close();
    expect(await listed('move')).toEqual(['added', 'refused, gone', 'added', undefined]);
  });

  test('remove of a folder that config.toml names says to take it out there', async () => {
    const named = { body: { watches: [watchView({ origin: 'config' })] } };
    const { exit, err } = await kdrama(() => named, 'watch', 'remove', '.');
    expect(exit).toBe(1);
    expect(err).toMatch(/names \/videos.*\n {2}Take it out of watch\.folders in config\.toml/);
    expect(err).not.toContain('watch remove');
  });
});

test('with KDRAMA_HOST a folder is one of the other computer, which is said', async () => {
  daemon = await daemonDouble(home, () => ({ body: watchView() }));
  const deps = cliDeps({
    home,
    env: { KDRAMA_HOST: 'tv.test:7474' },
    request: (asked) =>
      nodeRequest({ ...asked, url: asked.url.replace('http://tv.test:7474', daemon.url) }),
  });
  expect(await run(['watch', '/videos'], deps)).toBe(0);
  expect(deps.err()).toContain('folders are those of the computer at http://tv.test:7474');
});
