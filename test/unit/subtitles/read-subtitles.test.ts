import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readSubtitles } from '../../../src/daemon/subtitles/read-subtitles.js';

const media = process.env['KDRAMA_TEST_MEDIA'] ?? '';
const episode = join(media, 'episode');
const hasMedia = media !== '' && existsSync(episode);

describe('a subtitle file', () => {
  it('that cannot be decoded is an error that names it', () => {
    const noise = Uint8Array.from({ length: 999 }, (_, n) => (n * 7919 + (n >> 3)) & 0xff);
    expect(() => readSubtitles(noise, { filename: 'Rain.ko.srt' })).toThrow(/Rain\.ko\.srt/);
    const korean = iconv.encode('1\n00:00:01,000 --> 00:00:02,000\n뷁', 'cp949');
    expect(() => readSubtitles(korean, { filename: 'a.srt', encoding: 'utf-8' })).toThrow(
      expect.objectContaining({ code: 'SUBTITLE_ENCODING_UNKNOWN' }),
    );
    const { tracks } = readSubtitles(korean, { filename: 'a.srt', encoding: 'cp949' });
    expect(tracks[0]?.cues[0]?.text).toBe('뷁');
  });

  it.each(['', '\n', 'hello', 'WEBVTT\n', '<SAMI>', '1\n00:00:01,000 --> 00:00:02,000\n'])(
    'with nothing to show (%j) is an error that names it',
    (text) => {
      expect(() => readSubtitles(Buffer.from(text), { filename: 'empty.srt' })).toThrow(
        expect.objectContaining({
          code: 'SUBTITLE_INVALID',
          message: expect.stringContaining('empty.srt') as string,
        }),
      );
    },
  );

  it('with more languages than anybody speaks is refused', () => {
    const cues = Array.from({ length: 33 }, (_, n) => `<SYNC Start=1><P Class=C${n}>x`).join('');
    const bytes = Buffer.from(`<SAMI>${cues}`);
    expect(() => readSubtitles(bytes, { filename: 'a.smi' })).toThrow(/a\.smi has 33 languages/);
  });

  it('is read as what it is, whatever its name says', () => {
    const sami = iconv.encode('<SAMI><BODY><SYNC Start=1><P Class=KRCC>비', 'cp949');
    expect(readSubtitles(sami, { filename: 'a.srt' })).toMatchObject({
      ...{ encoding: 'cp949', format: 'smi' },
      tracks: [{ language: 'ko', cues: [{ text: '비' }] }],
    });
  });
});

describe.skipIf(!hasMedia)('the subtitles beside episode 2 (KDRAMA_TEST_MEDIA)', () => {
  const filename = '비.E02.251122.1080p-TEST';
  const read = (extension: string) =>
    readSubtitles(readFileSync(join(episode, `${filename}.${extension}`)), { filename });

  it('are two languages of a SAMI file in CP949, with every syllable', () => {
    const { encoding, tracks } = read('smi');
    expect([encoding, ...tracks.map(({ language, cues }) => [language, cues.length])]).toEqual([
      'cp949',
      ...[
        ['ko', 10],
        ['en', 10],
      ],
    ]);
    const words = tracks[0]?.cues.map(({ text }) => text).join('\n') ?? '';
    expect(words).toMatch(/뷁.*날씨네요[^]*쨰깍쨰깍 시계/);
    expect(tracks[0]?.cues.every(({ startMs, endMs }) => endMs - startMs === 3500)).toBe(true);
  });

  it('are italics of an ASS file', () => {
    const { format, tracks } = read('en.ass');
    expect(format).toBe('ass');
    expect(tracks[0]?.cues[0]).toEqual({
      ...{ startMs: 2000, endMs: 5500, text: '<i>They say it will rain tonight.</i>' },
    });
  });
});
