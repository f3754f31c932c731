import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWebVttBlocks } from '../../../src/daemon/media/source/webvtt-blocks.js';
import { asWebVttInBlocks } from '../../support/webvtt-in-matroska.js';
import { ffmpeg, tools, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-webvtt-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a block without a length, a time or a text is passed over, not a failure', async () => {
  const packets = [
    {
      pts_time: '1.0',
      duration_time: '1.5',
      data: '00000000: ec9a 94                                  ...',
    },
    { pts_time: '3.0', data: '00000000: 6869                                     hi' },
    { pts_time: '4.0', duration_time: '1.0' },
    {},
  ];
  const answer = join(directory, 'answer.json');
  await writeFile(answer, JSON.stringify({ packets, format: { start_time: '2.0' } }));
  const ffprobe = join(directory, 'ffprobe');
  await writeFile(ffprobe, `#!/bin/sh\ncat ${answer}\n`);
  await chmod(ffprobe, 0o755);
  const { signal } = new AbortController();
  const text = await readWebVttBlocks({ ...tools, ffprobe }, '/film.mkv', 2, signal);
  expect(text).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:00.500\n요\n\n00:00:01.000 --> 00:00:01.000\nhi\n\n' +
      '00:00:02.000 --> 00:00:03.000\n',
  );
});

test('WebVTT in Matroska, which ffmpeg does not decode, is a rendition like any other text', async () => {
  const [subRip, clip, path] = ['words.srt', 'clip.mkv', 'film.mkv'].map((name) =>
    join(directory, name),
  ) as [string, string, string];
  const first = '1\n00:00:01,000 --> 00:00:02,500\n<i>비가</i> <c.red>와요</c>\n';
  await writeFile(subRip, `${first}\n2\n00:00:03,000 --> 00:00:04,000\n둘\n셋\n`);
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=5', '-i', subRip, '-map', '0', '-map', '1'],
    ...['-map', '1', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-c:s', 'srt', '-metadata:s:s', 'language=kor', '-live', '1', clip],
  );
  const file = asWebVttInBlocks(await readFile(clip));
  expect(file.includes('S_TEXT/UTF8')).toBe(false);
  await writeFile(path, file);

  const work = await workOn(path);
  const texts = work.probed.renditions.filter(({ traits }) => traits.kind === 'subtitle');
  expect(texts).toMatchObject([
    {
      name: 'subtitle-0',
      traits: { language: 'ko', codec: expect.stringMatching(/webvtt/i) as string },
    },
    { name: 'subtitle-1' },
  ]);
  expect(work.probed.unshownSubtitles).toEqual([]);
  await work.run('subtitle', ['subtitle-0', 'subtitle-1']);
  const written = work.published.get('subtitle-0')?.[0]?.bytes;
  expect(Buffer.from(written ?? []).toString('utf8')).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>비가</i> 와요\n\n' +
      '00:00:03.000 --> 00:00:04.000\n둘\n셋\n',
  );
  expect(work.published.get('subtitle-1')?.[0]?.bytes).toEqual(written);
  await work.close();
});
