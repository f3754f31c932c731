import { describe, expect, test } from 'vitest';
import {
  hasSettled,
  lookAgain,
  lookEveryMs,
  settleRule,
  type Standing,
} from '../../../src/daemon/watch/settling.js';

const identity = { device: 1, inode: 2, sizeBytes: 3, mtimeMs: 4 };
const rule = settleRule(15, false);

/** After looks at these seconds, of which each may see something else. */
function standing(...looks: (readonly [number, Partial<typeof identity>?])[]): Standing {
  let found: Standing | undefined;
  for (const [seconds, change] of looks) {
    found = lookAgain(found, { ...identity, ...change }, seconds * 1000);
  }
  if (found === undefined) throw new Error('no look');
  return found;
}

describe('a file has stood still', () => {
  test('when three looks in 15 s saw the same', () => {
    expect(hasSettled(standing([0], [7.5], [15]), rule, 15_000)).toBe(true);
  });

  test('not after two looks, however far apart', () => {
    expect(hasSettled(standing([0], [60]), rule, 60_000)).toBe(false);
  });

  test('not before 15 s, however many looks', () => {
    expect(hasSettled(standing([0], [1], [2], [3], [14.9]), rule, 14_900)).toBe(false);
  });

  test.each([{ sizeBytes: 9 }, { mtimeMs: 9 }, { inode: 9 }])(
    'anew when a look sees %o',
    (change) => {
      const changed = standing([0], [7.5], [15, change]);
      expect(changed).toMatchObject({ looks: 1, sinceMs: 15_000 });
      expect(hasSettled(changed, rule, 15_000)).toBe(false);
    },
  );

  test('though its disk came back under another number', () => {
    expect(hasSettled(standing([0], [7.5, { device: 8 }], [15]), rule, 15_000)).toBe(true);
  });
});

test('where other machines write it takes a minute, and looks keep their number', () => {
  const slow = settleRule(15, true);
  expect(hasSettled(standing([0], [30], [59]), slow, 59_000)).toBe(false);
  expect(hasSettled(standing([0], [30], [60]), slow, 60_000)).toBe(true);
  expect([lookEveryMs(rule), lookEveryMs(slow)]).toEqual([7500, 30_000]);
});
