import { expect, test } from 'vitest';
import { coresOfShare } from '../../../src/daemon/media/ffmpeg/cores.js';

test.each([
  ['0-7', 50, '4,5,6,7'],
  ['0-7', 100, '0,1,2,3,4,5,6,7'],
  ['0-3,8,10-11', 30, '10,11'],
  ['0-1', 1, '1'],
  ['5', 50, '5'],
])('of the cores %s, %i %% are %s', (allowed, percent, cores) => {
  expect(coresOfShare(allowed, percent)).toBe(cores);
});
