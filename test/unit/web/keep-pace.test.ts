import { expect, test } from 'vitest';
import { AutoRange } from '../../../src/web/player/auto-range.js';
import { highestAfter } from '../../../src/web/player/keep-pace.js';

const slow = { level: 2, quickest: 0, duration: 5, waited: 8, ahead: 9 };

test('a quality that comes more slowly than it is watched is left while little is ahead', () => {
  expect(highestAfter(slow, undefined)).toBe(1);
  expect(highestAfter({ ...slow, level: 1 }, 1)).toBe(0);
  expect(highestAfter({ ...slow, waited: 4 }, undefined)).toBeUndefined();
  expect(highestAfter({ ...slow, ahead: 15 }, undefined)).toBeUndefined();
});

test('what was left stays left until plenty is ahead; the lowest is all there is', () => {
  expect(highestAfter({ ...slow, waited: 1, ahead: 15 }, 1)).toBe(1);
  expect(highestAfter({ ...slow, level: 2 }, 0)).toBe(0);
  expect(highestAfter({ ...slow, level: 0 }, undefined)).toBeUndefined();
  expect(highestAfter({ ...slow, waited: 1, ahead: 20 }, 1)).toBeUndefined();
});

test('a copy is never left for what has to be encoded', () => {
  expect(highestAfter({ ...slow, quickest: 2 }, undefined)).toBeUndefined();
  expect(highestAfter({ ...slow, level: 3, quickest: 2 }, undefined)).toBe(2);
});

/** As far as a range asks and tells it: three levels, of which the network carries the best. */
function player() {
  const levels = [{ maxBitrate: 1 }, { maxBitrate: 2 }, { maxBitrate: 3 }];
  return { levels, config: { minAutoBitrate: 0 }, autoLevelCapping: -1, nextAutoLevel: 2 };
}

function rangeOf(hls: ReturnType<typeof player>): AutoRange {
  return new AutoRange(hls as unknown as ConstructorParameters<typeof AutoRange>[0]);
}

test('a pinned level is the only one, until it is let go: then the cap holds', () => {
  const hls = player();
  const range = rangeOf(hls);
  range.cap(1);
  expect(hls).toMatchObject({ autoLevelCapping: 1, nextAutoLevel: 1 });
  range.pin(0);
  expect(hls).toMatchObject({ autoLevelCapping: 0, nextAutoLevel: 0 });
  range.pin(2);
  expect(hls).toMatchObject({ autoLevelCapping: 2, config: { minAutoBitrate: 3 } });
  range.pin(undefined);
  expect(hls).toMatchObject({ autoLevelCapping: 1, config: { minAutoBitrate: 0 } });
  range.cap(undefined);
  expect(hls).toMatchObject({ autoLevelCapping: -1, config: { minAutoBitrate: 0 } });
});

test('a cap leaves alone what is chosen below it', () => {
  const hls = { ...player(), nextAutoLevel: 0 };
  rangeOf(hls).cap(1);
  expect(hls.nextAutoLevel).toBe(0);
});
