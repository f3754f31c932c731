import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { findSidecars } from '../../../src/cli/upload/find-sidecars.js';
import type { SubtitleView } from '../../../src/shared/contract/index.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;

let folder: string;
beforeEach(() => {
  folder = temporaryDirectory();
});
function put(name: string, bytes: string | Uint8Array = srt(name)): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

test('the subtitle files of a video are found beside it and in Subs folders, others are left', async () => {
  const own = [
    'Rain.E01.en.ass',
    'Rain.E01.smi',
    'Subs/Rain.E01.ko.srt',
    'Subs/Rain.E01/2_Eng.srt',
  ];
  own.push('자막/Rain.E01.srt');
  const others = ['Rain.E01.Extended.ko.srt', 'Rain.E02.srt', '.Rain.E01.srt', 'deep/Rain.E01.srt'];
  for (const name of [...own, ...others, 'Rain.E01.mkv', 'Rain.E01.Extended.mkv']) put(name);
  for (const name of ['Rain.E01.idx', 'Subs/Rain.E01.sup']) put(name);
  symlinkSync(join(folder, 'Rain.E02.srt'), join(folder, 'Rain.E01.fr.srt'));
  const { texts, pictures } = await findSidecars('Rain.E01.mkv', folder);
  expect(texts.map(({ name }) => name)).toEqual(own.toSorted());
  expect(pictures).toEqual(['Rain.E01.idx', 'Subs/Rain.E01.sup']);
});

describe('kdrama', () => {
  let daemon: TestDaemon;
  let count = 0;
  beforeAll(async () => {
    daemon = await startTestDaemon({ runTask: encodedEpisode(2).runTask });
  });
  afterAll(() => daemon.close());

  async function kdrama(...words: string[]) {
    const deps = cliDeps({ home: daemon.home, cwd: folder });
    return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
  }
  async function subtitles(videoId: string): Promise<string[]> {
    const { out } = await kdrama('subtitle', 'list', videoId, '--json');
    const lines = out.split('\n').filter(Boolean);
    const files = lines.map((line) => JSON.parse(line) as SubtitleView);
    const beside = files.filter(({ origin }) => origin === 'beside');
    return beside.map(({ filename }) => filename ?? '').toSorted((a, b) => (a < b ? -1 : 1));
  }
  /** Another video each time. */
  const putVideo = () => put('Rain.E01.mkv', videoBytes(5000 + (count += 1)));

  test.each(['auto', 'http'])('upload --via %s adds the subtitles beside a file', async (via) => {
    putVideo();
    put('Rain.E01.ko.srt');
    put('Subs/Rain.E01.en.srt');
    const { exit, out, err } = await kdrama('upload', 'Rain.E01.mkv', '--via', via, '--json');
    expect(exit, err).toBe(0);
    const line = JSON.parse(out) as { videoId: string; subtitles: string[] };
    expect(line.subtitles).toEqual(['Rain.E01.ko.srt', 'Subs/Rain.E01.en.srt']);
    expect(await subtitles(line.videoId)).toEqual(line.subtitles);

    // Once more with one that came later: the file is there, and so are the others.
    put('Rain.E01.ja.srt');
    expect((await kdrama('upload', 'Rain.E01.mkv', '--via', via)).exit).toBe(0);
    expect(await subtitles(line.videoId)).toHaveLength(3);
  });

  test('upload --no-subtitles leaves them alone', async () => {
    putVideo();
    put('Rain.E01.ko.srt');
    const { out } = await kdrama('upload', 'Rain.E01.mkv', '--no-subtitles', '--quiet');
    expect(await subtitles(out.trim())).toEqual([]);
  });

  test('upload names a subtitle file that it cannot add, and adds the video and the others', async () => {
    putVideo();
    put('Rain.E01.srt', '');
    put('Rain.E01.en.srt');
    put('Rain.E01.sub');
    const { exit, out, err } = await kdrama('upload', 'Rain.E01.mkv');
    expect(exit).toBe(1);
    expect(err).toContain(join(folder, 'Rain.E01.srt'));
    expect(err).toContain('Rain.E01.sub holds pictures of words');
    const videoId = out.split('\t')[0] ?? '';
    expect(await subtitles(videoId)).toEqual(['Rain.E01.en.srt']);
    const quiet = await kdrama('upload', 'Rain.E01.mkv', '--json');
    expect(JSON.parse(quiet.err)).toMatchObject({
      ...{ about: join(folder, 'Rain.E01.srt'), error: { code: 'SUBTITLE_INVALID' } },
    });
  });

  test('subtitle adds, lists, shows and removes a file by hand', async () => {
    putVideo();
    const videoId = (await kdrama('upload', 'Rain.E01.mkv', '-q', '--wait=ready')).out.trim();
    put(
      'later.srt',
      Buffer.from('310a30303a30303a30312c303030202d2d3e2030303a30303a30322c3030300ac0d40a', 'hex'),
    );
    const words = ['--language', 'Korean', '--encoding', 'euc-kr', '--forced'];
    const added = await kdrama('subtitle', 'add', videoId, 'later.srt', ...words);
    expect(added.exit, added.err).toBe(0);
    expect(added.err).toContain('한국어 (forced), 1 texts (cp949)');
    const id = added.out.trim();
    expect((await kdrama('subtitle', 'list', videoId)).out).toContain(
      `${id}\tko\t한국어 (forced)\tsrt\tlater.srt (cp949)\n`,
    );
    expect((await kdrama('show', videoId)).out).toMatch(/한국어 \(forced\) +srt +later\.srt/);
    const wrong = await kdrama('subtitle', 'add', videoId, 'later.srt', '--encoding', 'utf-8');
    expect([wrong.exit, wrong.err]).toEqual([1, expect.stringContaining('later.srt') as unknown]);
    const again = await kdrama('subtitle', 'add', videoId, 'later.srt', '--encoding', 'cp949');
    expect(again.err).toContain(`(cp949), in place of ${id}`);
    expect((await kdrama('subtitle', 'remove', videoId, id)).exit).toBe(3);
    expect((await kdrama('subtitle', 'remove', videoId, again.out.trim())).exit).toBe(0);
    expect(await subtitles(videoId)).toEqual([]);
  });
});
