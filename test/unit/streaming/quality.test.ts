import { expect, test } from 'vitest';
import { presentationOf } from '../../../src/daemon/streaming/presentation.js';
import { inQuality } from '../../../src/daemon/streaming/quality.js';
import { picture, planOf, sound, subtitle } from './fixtures.js';

const rows = [picture(1080), picture(360), sound(0), subtitle(0)];
const presentation = presentationOf(planOf(0, 6), rows);

test('one quality alone comes with all sounds and subtitles', () => {
  const { pictures, sounds, subtitles } = inQuality(presentation, '1080p');
  expect(pictures.map(({ name }) => name)).toEqual(['1080p']);
  expect([sounds, subtitles]).toEqual([presentation.sounds, presentation.subtitles]);
});

test('without a name nothing is left out', () => {
  expect(inQuality(presentation, undefined)).toBe(presentation);
});

test('one that is not there is refused with those that are', () => {
  expect(() => inQuality(presentation, '720p')).toThrow(
    expect.objectContaining({
      code: 'NOT_FOUND',
      details: { availableQualities: ['1080p', '360p'] },
    }),
  );
});
