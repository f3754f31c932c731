import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SubtitleList } from '../../../src/shared/contract/index.js';
import { uploadFile, waitForVideo } from '../../browser/support/library.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { shortClip } from '../../support/short-clip.js';

const run = promisify(execFile);

const script = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Alignment, MarginL, MarginR, MarginV
Style: Sign,Gothic,48,&H0000FFFF,0,0,8,10,10,10

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:01.50,Sign,,0,0,0,,{\\pos(10,10)\\fad(100,100)\\i1}A sign{\\i0}
`;

/** A PGS stream of one empty picture: presentation composition and end (ETSI-free, Blu-ray's own). */
function emptyPgs(): Buffer {
  const segment = (type: number, body: readonly number[]) => [
    ...[0x50, 0x47, 0, 1, 0x5f, 0x90, 0, 0, 0, 0, type, 0, body.length],
    ...body,
  ];
  const composition = [0, 160, 0, 90, 0x10, 0, 0, 0x80, 0, 0, 0];
  return Buffer.from([...segment(0x16, composition), ...segment(0x80, [])]);
}

let scratch: string;
let daemon: TestDaemon;
let videoId: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kdrama-inside-'));
  const [ass, sup, mkv] = ['a.ass', 'a.sup', 'Rain.E04.mkv'].map((name) => join(scratch, name));
  await writeFile(ass ?? '', script);
  await writeFile(sup ?? '', emptyPgs());
  await run('ffmpeg', [
    ...['-v', 'error', '-i', await shortClip('smptebars'), '-i', ass ?? ''],
    ...['-f', 'sup', '-i', sup ?? '', '-map', '0', '-map', '1', '-map', '2', '-c', 'copy'],
    ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:0', 'title=Signs [SDH]'],
    ...['-metadata:s:s:1', 'language=kor', mkv ?? ''],
  ]);
  daemon = await startTestDaemon();
  videoId = await uploadFile(daemon, mkv ?? '', 'Rain.E04.mkv');
  await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
}, 120_000);
afterAll(async () => {
  await daemon.close();
  await rm(scratch, { recursive: true });
});

test('pictures of words are told of, not dropped without a word', async () => {
  const response = await daemon.fetch(`/videos/${videoId}/subtitles`);
  const { subtitles } = (await response.json()) as SubtitleList;
  expect(subtitles).toMatchObject([
    { origin: 'inside', kind: 'text', format: 'ass', tracks: [{ language: 'en', sdh: true }] },
    {
      ...{ id: null, origin: 'inside', kind: 'picture', format: 'hdmv_pgs_subtitle' },
      tracks: [{ language: 'ko', label: '한국어', forced: false, sdh: false }],
    },
  ]);
});

test('a script is words in the playlists, and is kept with its looks', async () => {
  const base = `/stream/${videoId}/hls/`;
  const master = await (await daemon.fetch(`${base}master.m3u8`)).text();
  expect(master).toMatch(/TYPE=SUBTITLES.*CHARACTERISTICS="public\.accessibility/);
  const uri = /TYPE=SUBTITLES.*URI="([^"]+)playlist\.m3u8"/.exec(master)?.[1] ?? '';
  const words = await (await daemon.fetch(`${base}${uri}0.vtt`)).text();
  expect(words).toContain('00:00:00.500 --> 00:00:01.500\n<i>A sign</i>');

  const response = await daemon.fetch(`/videos/${videoId}/subtitles/subtitle-0/source`);
  const kept = await response.text();
  expect(kept).toContain('Style: Sign,Gothic,48');
  expect(kept).toContain(String.raw`{\pos(10,10)\fad(100,100)\i1}A sign{\i0}`);
});

test('a script is fetched as WebVTT too, all of its words at once', async () => {
  const response = await daemon.fetch(`/videos/${videoId}/subtitles/subtitle-0/tracks/0`);
  expect(await response.text()).toBe('WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n<i>A sign</i>\n');
  const other = await daemon.fetch(`/videos/${videoId}/subtitles/subtitle-0/tracks/1`);
  expect(other.status).toBe(404);
});

test('what is kept of a script survives its job being verified', async () => {
  const path = join(daemon.home, 'media', 'videos', videoId, 'script-2.ass');
  expect(await readFile(path, 'utf8')).toContain('[Events]');
});
