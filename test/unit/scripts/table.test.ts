import { expect, test } from 'vitest';
import { tableOf } from '../../../scripts/demo/table.mjs';

test('the table aligns words to the left and numbers to the right', () => {
  const rows = [
    { name: '1080p', method: 'copied', segments: 6, bytes: 2_300_000, seconds: 30, frames: 720 },
    { name: 'audio-0', method: 'copied', segments: 6, bytes: 1, seconds: 30.02, frames: undefined },
  ];
  expect(tableOf(rows).split('\n')).toEqual([
    'rendition  made    segments      bytes  seconds  frames',
    '1080p      copied         6  2,300,000   30.000     720',
    'audio-0    copied         6          1   30.020',
  ]);
});
