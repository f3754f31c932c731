import HLS from 'hls-parser';
import iconv from 'iconv-lite';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  JobAccepted,
  SubtitleAttached,
  SubtitleList,
  SubtitleView,
} from '../../../src/shared/contract/index.js';
import { uploadFile, videoView, waitForVideo } from '../../browser/support/library.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { shortClip } from '../../support/short-clip.js';
import { endlessTask } from '../../support/tasks.js';

HLS.setOptions({ strictMode: true });

const sami = iconv.encode(
  `<SAMI><HEAD><STYLE><!--
.KRCC { Name:Korean; lang:ko-KR; }
.ENCC { Name:English; lang:en-US; }
--></STYLE></HEAD><BODY>
<SYNC Start=500><P Class=KRCC>뷁! 쨰깍쨰깍 비가 온대요<P Class=ENCC>What odd rain
<SYNC Start=1500><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;
</BODY></SAMI>`,
  'cp949',
);
const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;

let daemon: TestDaemon;
let videoId: string;

async function attach(
  query: Record<string, string>,
  body: Uint8Array | string,
  id = videoId,
): Promise<Response> {
  return daemon.fetch(`/videos/${id}/subtitles?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function attached(response: Response): Promise<SubtitleAttached> {
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as SubtitleAttached;
}

async function list(id = videoId): Promise<readonly SubtitleView[]> {
  const response = await daemon.fetch(`/videos/${id}/subtitles`);
  return ((await response.json()) as SubtitleList).subtitles;
}

/** Every subtitle track that a player is offered, with the text that it gets. */
async function offered(id = videoId) {
  const base = `/stream/${id}/hls/`;
  const text = await (await daemon.fetch(`${base}master.m3u8`)).text();
  const master = HLS.parse(text);
  if (!master.isMasterPlaylist) throw new Error('not a master playlist');
  const tracks = master.variants[0]?.subtitles ?? [];
  return Promise.all(
    tracks.map(async ({ name, language, forced, characteristics, uri = '' }) => {
      const folder = `${base}${uri.slice(0, uri.lastIndexOf('/'))}`;
      const media = HLS.parse(await (await daemon.fetch(`${base}${uri}`)).text());
      if (media.isMasterPlaylist) throw new Error('not a media playlist');
      const segments = await Promise.all(
        media.segments.map(async (segment) => {
          const response = await daemon.fetch(`${folder}/${segment.uri}`);
          return response.text();
        }),
      );
      return { name, language, forced, characteristics, text: segments.join('\n') };
    }),
  );
}

beforeAll(async () => {
  daemon = await startTestDaemon();
  videoId = await uploadFile(daemon, await shortClip(), 'Rain.E02.mkv');
}, 120_000);
afterAll(() => daemon.close());

describe('a subtitle file beside a video', () => {
  test('becomes a track for each of its languages, before or after the video is planned', async () => {
    const { subtitle, created } = await attached(await attach({ filename: 'Rain.E02.smi' }, sami));
    expect([created, subtitle.encoding, subtitle.format]).toEqual([true, 'cp949', 'smi']);
    await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
    await attached(await attach({ filename: 'Rain.E02.en.forced.srt' }, srt('A sign')));
    await attached(await attach({ filename: 'Subs/Rain.E02.en.sdh.srt' }, srt('[thunder]')));

    const tracks = await offered();
    expect(tracks.map(({ name, language, forced }) => [name, language, forced])).toEqual([
      ['한국어', 'ko', false],
      ['English', 'en', false],
      ['English (forced)', 'en', true],
      ['English (SDH)', 'en', false],
    ]);
    expect(tracks[0]?.text).toContain('X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000');
    expect(tracks[0]?.text).toContain('00:00:00.500 --> 00:00:01.500\n뷁! 쨰깍쨰깍 비가 온대요');
    expect(tracks[1]?.text).toContain('What odd rain');
    expect(tracks[3]?.characteristics).toContain('transcribes-spoken-dialog');
  });

  test('is fetched as WebVTT, one track of it, with the times of the video', async () => {
    const [{ id } = {}] = await list();
    const response = await daemon.fetch(`/videos/${videoId}/subtitles/${id}/tracks/1`);
    expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(await response.text()).toBe('WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nWhat odd rain\n');
    const none = await daemon.fetch(`/videos/${videoId}/subtitles/${id}/tracks/2`);
    expect([none.status, await none.text()]).toEqual([
      404,
      expect.stringContaining('SUBTITLE_NOT_FOUND'),
    ]);
  });

  test('is named among what a job made', async () => {
    const results = await daemon.fetch(`/jobs/${(await videoView(daemon, videoId)).jobId}/results`);
    const { files } = (await results.json()) as { files: { subtitles: string[] } };
    expect(files.subtitles).toHaveLength(4);
    for (const path of files.subtitles) expect((await daemon.fetch(path)).status).toBe(200);
  });

  test('is kept by a plan that is made later', async () => {
    const response = await daemon.fetch('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ videoId, segmentDuration: 2 }),
    });
    const { jobId } = (await response.json()) as JobAccepted;
    await expect
      .poll(async () => (await (await daemon.fetch(`/jobs/${jobId}`)).json()) as object, {
        timeout: 60_000,
      })
      .toMatchObject({ status: 'completed' });
    expect(await offered()).toHaveLength(4);
  });

  test('is the same when it comes again, and takes the place of an older one of its name', async () => {
    const again = await attach({ filename: 'Rain.E02.smi' }, sami);
    expect([again.status, (await attached(again)).created]).toEqual([200, false]);
    expect(await list()).toHaveLength(3);

    const before = await list();
    const better = await attach({ filename: 'Rain.E02.en.forced.srt' }, srt('A better sign'));
    expect(better.status).toBe(201);
    const earlier = before.find(({ filename }) => filename === 'Rain.E02.en.forced.srt');
    expect((await attached(better)).replaced).toEqual([earlier?.id]);
    expect(await list()).toHaveLength(3);
    expect((await offered()).map(({ text }) => text).join()).toContain('A better sign');
    // What nothing names any more is gone from the disk, too.
    const directory = join(daemon.home, 'media', 'videos', videoId, 'subtitles');
    expect(readdirSync(directory)).toHaveLength(3);
  });

  test('is there twice where the same bytes are said to be in two languages, else once', async () => {
    const bytes = srt('♪ ♪');
    const add = async (filename: string) => attached(await attach({ filename }, bytes));
    const korean = await add('music.ko.srt');
    const chinese = await add('music.zh-Hant.srt');
    expect([korean, chinese].map(({ created, replaced }) => [created, replaced])).toEqual([
      [true, []],
      [true, []],
    ]);
    expect((await add('renamed.ko.srt')).created).toBe(false);
    const unnamed = await add('renamed.srt');
    expect(unnamed.replaced.toSorted()).toEqual(
      [korean, chinese].map(({ subtitle }) => String(subtitle.id)).toSorted(),
    );
    const path = `/videos/${videoId}/subtitles/${unnamed.subtitle.id}`;
    expect((await daemon.fetch(path, { method: 'DELETE' })).status).toBe(204);
  });

  test('is fetched as it came, byte for byte', async () => {
    const found = (await list()).find(({ format }) => format === 'smi');
    const response = await daemon.fetch(`/videos/${videoId}/subtitles/${found?.id}/source`);
    expect(Buffer.from(await response.arrayBuffer()).equals(sami)).toBe(true);
    expect(response.headers.get('content-disposition')).toContain('Rain.E02.smi');
    expect((await daemon.fetch(`/videos/${videoId}/subtitles/absent/source`)).status).toBe(404);
  });

  test('goes when it is removed, and nothing else goes', async () => {
    const found = (await list()).find(({ format }) => format === 'smi');
    const path = `/videos/${videoId}/subtitles/${found?.id}`;
    expect((await daemon.fetch(path, { method: 'DELETE' })).status).toBe(204);
    expect((await daemon.fetch(path, { method: 'DELETE' })).status).toBe(404);
    expect((await offered()).map(({ name }) => name)).toEqual([
      'English (SDH)',
      'English (forced)',
    ]);
    const gone = join(daemon.home, 'media', 'videos', videoId, 'subtitles', found?.id ?? 'x');
    expect(existsSync(gone)).toBe(false);
  });

  test('is read as somebody says, where they say it', async () => {
    const latin = iconv.encode(srt('Привет'), 'windows-1251');
    const query = { filename: 'x.srt', encoding: 'koi8-r', language: 'Russian', label: 'Mine' };
    const wrong = await attached(await attach(query, latin));
    expect(wrong.subtitle.tracks).toMatchObject([{ language: 'ru', label: 'Mine' }]);
    const right = await attached(await attach({ ...query, encoding: 'CP1251' }, latin));
    expect(right.subtitle.encoding).toBe('windows-1251');
    expect((await offered()).at(-1)?.text).toContain('Привет');
    expect((await list()).filter(({ filename }) => filename === 'x.srt')).toHaveLength(1);
  });
});

describe('what is no subtitle file', () => {
  const errorOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return { status: response.status, ...error };
  };

  test.each([
    ['', 'SUBTITLE_INVALID'],
    ['hello', 'SUBTITLE_INVALID'],
    [Uint8Array.from({ length: 999 }, (_, n) => (n * 7919) & 0xff), 'SUBTITLE_ENCODING_UNKNOWN'],
  ])('is refused by its name (%#)', async (body, code) => {
    const error = await errorOf(await attach({ filename: 'Rain.E02.bad.srt' }, body));
    expect(error).toMatchObject({ status: 400, code });
    expect(error.message).toContain('Rain.E02.bad.srt');
  });

  test.each([
    [{ filename: 'a.srt', language: 'klingon' }, 'VALIDATION_FAILED'],
    [{ filename: 'a.srt', encoding: 'ebcdic' }, 'VALIDATION_FAILED'],
    [{ filename: '' }, 'VALIDATION_FAILED'],
  ])('%j is a mistake', async (query, code) => {
    expect(await errorOf(await attach(query, srt('a')))).toMatchObject({ status: 400, code });
  });

  test('is not read beyond 10 MB', async () => {
    const error = await errorOf(await attach({ filename: 'a.srt' }, 'x'.repeat(10_485_761)));
    expect(error).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  test('of no video is told so', async () => {
    const error = await errorOf(await attach({ filename: 'a.srt' }, srt('a'), 'absent'));
    expect(error).toMatchObject({ status: 404, code: 'STREAM_VIDEO_NOT_FOUND' });
  });
});

test('many at once are each there, whole', async () => {
  const quiet = await startTestDaemon({ runTask: endlessTask });
  try {
    const id = await uploadFile(quiet, await shortClip('testsrc'), 'Rain.E03.mkv');
    const names = Array.from(
      { length: 12 },
      (_, n) => `Rain.E03.${n % 2 === 0 ? 'ko' : 'en'}.${n}.srt`,
    );
    const answers = await Promise.all(
      [...names, ...names].map((filename) =>
        quiet.fetch(`/videos/${id}/subtitles?filename=${filename}`, {
          method: 'POST',
          body: srt(`of ${filename}`),
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
    const directory = join(quiet.home, 'media', 'videos', id, 'subtitles');
    expect(readdirSync(directory)).toHaveLength(12);
    for (const name of readdirSync(directory)) {
      expect(readdirSync(join(directory, name)).toSorted()).toEqual(['0.vtt', 'original']);
    }
  } finally {
    await quiet.close();
  }
});
