import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

interface Held {
  readonly language?: string;
  readonly codec?: string;
  readonly container?: string;
  readonly picture?: 'libx264' | 'libvpx';
  /** What ffmpeg cannot write, put into the file: texts of the same length, one for the other. */
  readonly swapped?: readonly [string, string];
  /** When the picture starts. */
  readonly pictureSeconds?: number;
}

/** The words of a video that holds this subtitle file as it stands. */
async function wordsOf(name: string, bytes: Buffer | string, held: Held = {}) {
  const text = await webVttOf(name, bytes, held);
  return text.split('\n').filter((line) => !/^WEBVTT|-->|^$/.test(line));
}

async function webVttOf(name: string, bytes: Buffer | string, held: Held): Promise<string> {
  const { language = 'und', codec = 'copy', container = 'mkv', pictureSeconds = 0 } = held;
  const { picture = 'libx264' } = held;
  const [words, path] = [join(directory, name), join(directory, `${name}.${container}`)];
  await writeFile(words, bytes);
  await ffmpeg(
    ...['-itsoffset', String(pictureSeconds), '-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=4'],
    ...['-i', words, '-map', '0', '-map', '1', '-copyts'],
    ...['-c:v', picture, ...(picture === 'libx264' ? ['-preset', 'ultrafast'] : [])],
    ...['-pix_fmt', 'yuv420p', '-c:s', codec],
    ...['-metadata:s:s:0', `language=${language}`, path],
  );
  if (held.swapped !== undefined) {
    const [written, wanted] = held.swapped;
    const file = (await readFile(path)).toString('latin1').replace(written, wanted);
    await writeFile(path, file, 'latin1');
  }
  const work = await workOn(path);
  await work.run('subtitle', ['subtitle-0']);
  const text = work.published.get('subtitle-0')?.[0]?.bytes.toString() ?? '';
  await work.close();
  return text;
}

test('words inside a video that are in another encoding are read', async () => {
  const korean = iconv.encode(subRip('안녕하세요 세계', '오늘은 비가 오네요, 뷁'), 'cp949');
  expect(await wordsOf('korean.srt', korean)).toEqual([
    '안녕하세요 세계',
    '오늘은 비가 오네요, 뷁',
  ]);
  const russian = iconv.encode(subRip('Привет, мир', 'Как дела?'), 'windows-1251');
  expect(await wordsOf('russian.srt', russian, { language: 'rus' })).toEqual([
    'Привет, мир',
    'Как дела?',
  ]);
  const styled = iconv.encode(script('안녕 {\\i1}세계{\\i0}'), 'cp949');
  expect(await wordsOf('korean.ass', styled, { language: 'kor' })).toEqual(['안녕 <i>세계</i>']);
});

test('of words in two encodings none are lost', async () => {
  const mixed = Buffer.concat([
    Buffer.from(subRip('비가 온다')),
    Buffer.from('\n9\n00:00:02,000 --> 00:00:03,000\n'),
    iconv.encode('Déjà voulu !', 'windows-1252'),
    Buffer.from('\n'),
  ]);
  expect(await wordsOf('mixed.srt', mixed, { language: 'fre' })).toEqual([
    '비가 온다',
    'Déjà voulu !',
  ]);
});

test('what is in angle brackets and no markup is kept, also where the picture is MP4', async () => {
  const words = subRip('<Kim> 5 < 6 > 4', '<font color="red">비</font>', '7');
  const kept = ['&lt;Kim> 5 &lt; 6 > 4', '비', '7'];
  expect(await wordsOf('brackets.srt', words)).toEqual(kept);
  const inMp4 = { codec: 'mov_text', container: 'mp4' };
  const swapped = ['A-- (Kim) b', 'A\n\n <Kim> b'] as const;
  expect(await wordsOf('boxed.srt', subRip('A-- (Kim) b'), { ...inMp4, swapped })).toEqual([
    ...['A', ' &lt;Kim> b'],
  ]);
  expect(await wordsOf('plain.srt', subRip('<i>비</i>', '7'), inMp4)).toEqual(['<i>비</i>', '7']);
});

test.each(['mkv', 'webm'])('words of WebVTT are those of its file (%s)', async (container) => {
  const cues = ['5 < 6 and 3 > 2', '<i.loud>비</i>&nbsp;<v Kim>a &amp; b', '<c.red>c</c>\\h'];
  const file = ['WEBVTT', ...cues.map((cue, n) => `00:0${n}.000 --> 00:0${n + 1}.000\n${cue}`)];
  const written = file.join('\n\n');
  const picture = container === 'webm' ? 'libvpx' : 'libx264';
  expect(await wordsOf(`cues-${container}.vtt`, written, { container, picture })).toEqual([
    ...['5 &lt; 6 and 3 > 2', '<i>비</i>&nbsp;a &amp; b', 'c\\h'],
  ]);
});

test('the italics of a style are italics', async () => {
  const text = script('비가 온다').replace('Fontname\n', 'Fontname, Italic\n');
  expect(await wordsOf('style.ass', text.replace('Arial\n', 'Arial, -1\n'))).toEqual([
    '<i>비가 온다</i>',
  ]);
});

test.each(['srt', 'ass'])('words before the picture do not move others (%s)', async (codec) => {
  const words = subRip('early', 'early too', 'in time', 'later');
  const text = await webVttOf(`early-${codec}.srt`, words, { codec, pictureSeconds: 2 });
  expect(text).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nin time\n\n00:00:01.000 --> 00:00:02.000\nlater\n',
  );
});
