import { expect, test } from 'vitest';
import { sourceColors } from '../../../src/daemon/media/source/colors.js';
import type { SourceStream } from '../../../src/daemon/media/source/inspect.js';

const stream = (told: Partial<SourceStream>) => told as SourceStream;

test('where only the matrix of PAL is told nothing is made darker', () => {
  expect(sourceColors(stream({ color_space: 'bt470bg' }))).toEqual({
    ...{ matrix: 'bt470bg', primaries: 'bt470bg', transfer: 'smpte170m', range: 'tv' },
  });
});

test('a transfer that is told is kept', () => {
  const told = { color_space: 'bt470bg', color_transfer: 'bt470bg' };
  expect(sourceColors(stream(told)).transfer).toBe('bt470bg');
  expect(sourceColors(stream({ color_space: 'bt709' })).transfer).toBe('bt709');
});
