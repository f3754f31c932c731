import { expect, test } from 'vitest';
import { groupFor } from '../../../src/web/player/sound-group.js';

const sounds = [
  { groupId: 'sound', channels: '2' },
  { groupId: 'surround', channels: '6' },
  { groupId: 'surround', channels: '2' },
];

test('5.1 is for machines that have the speakers, stereo for all others', () => {
  expect([1, 2, 4, 6, 8].map((speakers) => groupFor(sounds, speakers))).toEqual([
    ...['sound', 'sound', 'sound', 'surround', 'surround'],
  ]);
});

test('what there is is played where nothing fits', () => {
  expect(groupFor([{ groupId: 'only', channels: '6' }], 2)).toBe('only');
  expect(groupFor([{ groupId: 'plain' }], 2)).toBe('plain');
});
