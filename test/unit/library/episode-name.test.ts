import { expect, test } from 'vitest';
import { parseEpisodeName } from '../../../src/daemon/library/episode-name.js';

test.each([
  [
    'Crash.Landing.on.You.S01E03.1080p.NF.WEB-DL.mkv',
    'Crash Landing on You S01E03',
    'Crash Landing on You',
    1,
    3,
  ],
  ['도깨비.E01.161202.1080p-NEXT.mp4', '도깨비 E01', '도깨비', null, 1],
  ['미생 제3화.mp4', '미생 제3화', '미생', null, 3],
  ['비밀의 숲 12회.mkv', '비밀의 숲 12회', '비밀의 숲', null, 12],
  ['펜트하우스 시즌2 E03.mp4', '펜트하우스 시즌2 E03', '펜트하우스', 2, 3],
  ['[Group] Goblin Ep 04.mkv', 'Goblin Ep 04', 'Goblin', null, 4],
  ['episode1.mp4', 'episode1', '', null, 1],
  ['S02E10.mkv', 'S02E10', '', 2, 10],
  ['Home Movie 2019.mov', 'Home Movie 2019', '', null, null],
  ['The.Matrix.1999.mkv', 'The.Matrix.1999', '', null, null],
  ['we"ird\nname %d <b>.mp4', 'we"ird\nname %d <b>', '', null, null],
  ['no extension', 'no extension', '', null, null],
])('%s', (filename, title, series, season, episode) => {
  expect(parseEpisodeName(filename)).toEqual({ title, series, season, episode });
});

test('Hangul that a Mac took apart is put together', () => {
  const parsed = parseEpisodeName('도깨비.E01.mp4'.normalize('NFD'));
  expect(parsed).toMatchObject({ title: '도깨비 E01', series: '도깨비' });
});
