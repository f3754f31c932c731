import { describe, expect, test } from 'vitest';
import { topRenditionOf, wishOf } from '../../../src/daemon/http/jobs/job-wish.js';

describe('resolutions ask for the largest rung that is not above them', () => {
  test.each([
    [['1920x1080', '1280x720'], '1080p'],
    [['720p'], '720p'],
    [['720x1280'], '720p'],
    [['854x480'], '360p'],
    [['240p'], '360p'],
    [['8000x4000'], '2160p'],
  ])('%s', (resolutions, rung) => {
    expect(topRenditionOf(resolutions)).toBe(rung);
  });

  test('anything else is refused', () => {
    expect(() => topRenditionOf(['big'])).toThrow('expected resolutions like 720p');
  });
});

test('a quality is its top rendition', () => {
  expect(wishOf({ quality: 'medium' })).toEqual({ settings: { topRendition: '720p' } });
  expect(wishOf({})).toEqual({});
});
