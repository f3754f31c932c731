import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/cli/output/display-width.js';
import { localTime } from '../../../src/cli/output/local-time.js';
import { stripLines, stripSigns } from '../../../src/cli/output/plan-strip.js';

const ascii = stripSigns({});
const runs = (...parts: ['made' | 'running' | 'waiting' | 'failed', number][]) =>
  parts.map(([state, segments]) => ({ state, segments }));

describe('the strip of a plan', () => {
  test('has a cell for each segment while they fit, the same scale for all', () => {
    const renditions = [
      { name: '720p', runs: runs(['made', 2], ['running', 1], ['waiting', 2], ['failed', 1]) },
      { name: 'subtitle-0', runs: runs(['made', 1]) },
    ];
    expect(stripLines({ renditions }, 80, ascii)).toEqual([
      '720p        ##>..x',
      'subtitle-0  ######',
      '# made  > running  . waiting  x failed',
    ]);
  });

  test('of a long video fits the terminal, and hides no failure', () => {
    const renditions = [
      { name: '720p', runs: runs(['made', 399], ['failed', 1], ['made', 199], ['waiting', 1]) },
    ];
    const [line = '', legend = ''] = stripLines({ renditions }, 40, ascii);
    expect(displayWidth(line)).toBe(40);
    expect(line).toMatch(/^720p {2}#+x#+\.$/);
    expect(displayWidth(legend)).toBeLessThanOrEqual(40);
    expect(stripLines({ renditions }, Number.POSITIVE_INFINITY, ascii)[0]?.length).toBe(80);
  });

  test('is drawn with blocks only where they can be seen', () => {
    expect(stripSigns({ LANG: 'ko_KR.UTF-8' }).made).toBe('█');
    expect(stripSigns({ LANG: 'ko_KR.UTF-8', NO_COLOR: '1' }).made).toBe('#');
    expect(stripSigns({ LANG: 'C' }).made).toBe('#');
    expect(stripSigns({ LANG: 'C.UTF-8', LC_ALL: 'C' }).made).toBe('#');
    expect(stripSigns({ LANG: 'C.UTF-8', TERM: 'dumb' }).made).toBe('#');
  });

  test('is none before there is a plan', () => {
    expect(stripLines({ renditions: [] }, 80, ascii)).toEqual([]);
  });
});

test('a person reads the time of the clock on the wall', () => {
  const noon = new Date(2026, 0, 31, 12, 5, 9);
  expect(localTime(noon.toISOString())).toBe('2026-01-31 12:05:09');
});
