import { describe, expect, test } from 'vitest';
import { displayTitle } from '../../../src/shared/episode-name/display-title.js';
import { parseEpisodeName } from '../../../src/shared/episode-name/parse-episode-name.js';

describe('a file that nobody gave a title is shown', () => {
  test.each([
    ['Crash.Landing.on.You.S01E03.1080p.NF.WEB-DL.mkv', 'Crash Landing on You S01E03'],
    ['도깨비.E01.161202.1080p-NEXT.mp4'.normalize('NFD'), '도깨비 E01'],
    ['미생 제3화.mp4', '미생 E03'],
    ['Squid.Game.S01E06.Gganbu.1080p.WEB-DL.mkv', 'Squid Game S01E06 Gganbu'],
    ['[KBS2] 동백꽃 필 무렵.E05-E06.190925.1080p-NEXT.mp4', '동백꽃 필 무렵 E05-E06'],
    ['무한도전.171223.720p-NEXT.mp4', '무한도전 2017-12-23'],
    ['도깨비.스페셜.170204.1080p-NEXT.mp4', '도깨비 Special'],
    ['Signal.S02.COMPLETE.720p.HDTV.x264-AREA11.mkv', 'Signal S02'],
  ])('by its series and number: %s', (filename, title) => {
    expect(displayTitle(parseEpisodeName(filename), filename)).toBe(title);
  });

  test.each([
    ['episode1.mp4', 'episode1'],
    ['S02E10.mkv', 'S02E10'],
    ['The.Matrix.1999.mkv', 'The.Matrix.1999'],
    ['we"ird\nname %d <b>.mp4', 'we"ird\nname %d <b>'],
    ['비.mp4'.normalize('NFD'), '비'],
    ['.mkv', '.mkv'],
  ])('by its own name where that names no series: %j', (filename, title) => {
    expect(displayTitle(parseEpisodeName(filename), filename)).toBe(title);
  });
});
