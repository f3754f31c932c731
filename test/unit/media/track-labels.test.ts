import { expect, test } from 'vitest';
import { distinctLabels, isSdh, marked } from '../../../src/daemon/media/source/track-labels.js';

const track = (title: string | undefined, language: string, ...flags: readonly string[]) => ({
  tags: { ...(title !== undefined && { title }), language },
  disposition: Object.fromEntries(flags.map((flag) => [flag, 1])),
});

test('a track is called by its title or language, and by what it is for', () => {
  const tracks = [
    track(undefined, 'kor', 'default'),
    track(undefined, 'kor', 'forced'),
    track('English [SDH]', 'eng', 'hearing_impaired'),
    track('Signs', 'eng', 'forced', 'hearing_impaired'),
    track("Director's comments", 'kor', 'comment'),
    track(undefined, 'kor', 'visual_impaired'),
    track(undefined, 'kor'),
    track(undefined, 'und'),
  ];
  expect(distinctLabels(tracks, 'Subtitles')).toEqual([
    ...['한국어', '한국어 (forced)', 'English [SDH]', 'Signs (forced) (SDH)'],
    ...["Director's comments", '한국어 (audio description)', '한국어 2', 'Subtitles'],
  ]);
});

test('who is deaf is told by the flag or the title', () => {
  expect([track('English (CC)', 'eng'), track('x', 'eng', 'hearing_impaired')].map(isSdh)).toEqual([
    true,
    true,
  ]);
  expect([track('Success', 'eng'), track(undefined, 'eng', 'forced')].map(isSdh)).toEqual([
    false,
    false,
  ]);
});

test('a label that says so already stands as it is', () => {
  expect(marked('English Forced', ['forced'])).toBe('English Forced');
  expect(marked('English', ['forced', 'SDH'])).toBe('English (forced) (SDH)');
});
