import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEpisodeName } from '../../../../src/shared/episode-name/parse-episode-name.js';
import { plainSpelling } from '../../../../src/shared/episode-name/spelling.js';
import { misread, nameTable } from './name-table.js';

const firstHalf = nameTable('first-half');

test('every name that the parser was made with is read right, in all fields', () => {
  expect(misread(firstHalf)).toEqual([]);
  expect(misread(nameTable('later'))).toEqual([]);
});

/** 97 % of 139, in all fields. */
const mayBeMisread = 4;

test('of the names that it was not made with, hardly one is misread and no series invented', () => {
  const wrong = misread(nameTable('set-aside'));
  expect(
    wrong.filter(({ expected, found }) => found.series !== '' && found.series !== expected.series),
  ).toEqual([]);
  expect(wrong.length, wrong.map(({ path }) => path).join('\n')).toBeLessThanOrEqual(mayBeMisread);
});

describe('spelling makes no difference', () => {
  test('Hangul that a Mac took apart is put together', () => {
    expect(misread(firstHalf.map((row) => ({ ...row, path: row.path.normalize('NFD') })))).toEqual(
      [],
    );
  });

  test('digits and letters may be full-width', () => {
    const wide = (text: string) =>
      text.replace(/[0-9A-Za-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const spelled = (path: string) => path.replace(/[^/\\]*(?=\.[a-z0-9]+$)/i, wide);
    expect(misread(firstHalf.map((row) => ({ ...row, path: spelled(row.path) })))).toEqual([]);
  });
});

const pieces = fc.constantFrom(
  ...[
    '도깨비',
    '모범택시 2',
    'Goblin',
    'S01',
    'E03',
    'S01E02-E03',
    '1x07',
    '3화',
    '시즌2',
    '스페셜',
    'SP1',
    '07',
  ],
  ...[
    '161202',
    '2016-12-02',
    '(2016)',
    '1080p',
    'WEB-DL',
    '-NEXT',
    '[tvN]',
    '[Group]',
    'END',
    'KOREAN',
    'The',
  ],
  ...[
    '.',
    ' ',
    '_',
    ' - ',
    '/',
    '\\',
    '.mkv',
    'Season 2',
    'Downloads',
    '[',
    ')',
    '\n',
    '%d',
    '<b>',
  ],
);
const paths = fc.array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string()), { maxLength: 12 });

test('a series is never invented: its words stand in the path, in this order', () => {
  fc.assert(
    fc.property(paths, (parts) => {
      const path = parts.join('');
      const words = parseEpisodeName(path).series.match(/[\p{L}\d]+/gu) ?? [];
      expect(plainSpelling(path)).toMatch(new RegExp(words.join('[^]*'), 'u'));
    }),
    { numRuns: 500 },
  );
});

test.each(['E01 ', '[', '1,', 'S1E1.', 'a.b.', '(2016', '1-', '스페셜 ', '-a', '. - 07'])(
  'a hostile name, %j again and again, is read in no time',
  (piece) => {
    const start = performance.now();
    parseEpisodeName(`${piece.repeat(4096 / piece.length)}화`);
    expect(performance.now() - start).toBeLessThan(1000);
  },
);
