import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-words-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const subRip = (...texts: readonly string[]) =>
  texts.map((text, n) => `${n + 1}\n00:00:0${n},000 --> 00:00:0${n + 1},000\n${text}\n`).join('\n');
const script = (text: string) =>
  [
    '[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial',
    '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    `Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,${text}\n`,
  ].join('\n');

/** The words of a video that holds this subtitle file as it stands, and says so of its language. */
async function wordsOf(name: string, bytes: Buffer, language = 'und', codec = 'copy') {
  const [words, path] = [join(directory, name), join(directory, `${name}.mkv`)];
  await writeFile(words, bytes);
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=4', '-i', words, '-map', '0', '-map', '1'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:s', codec],
    ...['-metadata:s:s:0', `language=${language}`, path],
  );
  const work = await workOn(path);
  await work.run('subtitle', ['subtitle-0']);
  const text = work.published.get('subtitle-0')?.[0]?.bytes.toString() ?? '';
  await work.close();
  return text.split('\n').filter((line) => !/^WEBVTT|-->|^$/.test(line));
}

test('words inside a video that are in another encoding are read', async () => {
  const korean = iconv.encode(subRip('안녕하세요 세계', '오늘은 비가 오네요, 뷁'), 'cp949');
  expect(await wordsOf('korean.srt', korean)).toEqual([
    '안녕하세요 세계',
    '오늘은 비가 오네요, 뷁',
  ]);
  const russian = iconv.encode(subRip('Привет, мир', 'Как дела?'), 'windows-1251');
  expect(await wordsOf('russian.srt', russian, 'rus')).toEqual(['Привет, мир', 'Как дела?']);
  const styled = iconv.encode(script('안녕 {\\i1}세계{\\i0}'), 'cp949');
  expect(await wordsOf('korean.ass', styled, 'kor')).toEqual(['안녕 <i>세계</i>']);
});

test('of words in two encodings none are lost', async () => {
  const mixed = Buffer.concat([
    Buffer.from(subRip('비가 온다')),
    Buffer.from('\n9\n00:00:02,000 --> 00:00:03,000\n'),
    iconv.encode('Déjà voulu !', 'windows-1252'),
    Buffer.from('\n'),
  ]);
  expect(await wordsOf('mixed.srt', mixed, 'fre')).toEqual(['비가 온다', 'Déjà voulu !']);
});
