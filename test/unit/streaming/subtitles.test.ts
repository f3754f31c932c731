import { expect, test } from 'vitest';
import { cueSegment } from '../../../src/daemon/streaming/cue-segment.js';
import { parseWebVtt } from '../../../src/daemon/streaming/webvtt.js';
import { toTicks } from '../../../src/shared/time.js';

const file = `\uFEFFWEBVTT - 도깨비\r\nKind: captions\r\n
STYLE\r\n::cue { color: yellow }\r\n\r
1\r\n00:05.500 --> 00:07.000 line:0\r\n안녕 <b>하세요</b>\r\n두 번째 줄\r\n\r
NOTE 00:00.000 --> 00:00.000 is no cue\r\n\r
01:00:00.000 --> 01:00:01.000\r\nlate\r\n\r
00:06.000 --> 00:06.000\r\nflash\r\n\r
00:09.000 --> 00:08.000\r\nbackwards\r\n\r
broken --> nowhere\r\nskipped\r
`;

const track = parseWebVtt(file);
const segment = (start: number, end: number) => cueSegment(track, toTicks(start), toTicks(end));

test('every whole cue is read, in the order of time; what is none is skipped', () => {
  expect(track.cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [5_500, 7_000],
    [6_000, 6_000],
    [3_600_000, 3_601_000],
  ]);
});

test('a segment has its cues with absolute times, mapped to a media time that starts at 0', () => {
  expect(segment(0, 6)).toBe(
    [
      'WEBVTT',
      'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000',
      '',
      '1',
      '00:05.500 --> 00:07.000 line:0',
      '안녕 <b>하세요</b>',
      '두 번째 줄',
      '',
    ].join('\n'),
  );
});

test('a cue that spans a boundary stands on both sides, one without duration only where it starts', () => {
  expect(segment(6, 12)).toContain('두 번째 줄');
  expect(segment(6, 12)).toContain('flash');
  expect(segment(0, 6)).not.toContain('flash');
  expect(segment(7, 12)).not.toContain('두 번째 줄');
});

test('a segment without cues is still a WebVTT file', () => {
  const empty = segment(100, 106);
  expect(parseWebVtt(empty).cues).toEqual([]);
  expect(empty.startsWith('WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n')).toBe(true);
});

test('a text that does not begin with WEBVTT is refused', () => {
  expect(() => parseWebVtt('WEBVTTX\n\n00:00.000 --> 00:01.000\na')).toThrow(RangeError);
  expect(() => parseWebVtt('')).toThrow(RangeError);
});
