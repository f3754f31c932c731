import { describe, expect, test } from 'vitest';
import { ladderOf, wishOf } from '../../../src/daemon/http/jobs/job-wish.js';

describe('resolutions ask, each, for the largest rung that is not above it', () => {
  test.each([
    [['1920x1080', '1280x720'], { topRendition: '1080p', rungs: ['1080p', '720p'] }],
    [['360p', '1080p'], { topRendition: '1080p', rungs: ['1080p', '360p'] }],
    [['720p'], { topRendition: '720p', rungs: ['720p'] }],
    [['720x1280'], { topRendition: '720p', rungs: ['720p'] }],
    [['854x480'], { topRendition: '360p' }],
    [['240p'], { topRendition: '360p' }],
    [['8000x4000'], { topRendition: '2160p', rungs: ['2160p'] }],
  ])('%s', (resolutions, settings) => {
    expect(ladderOf(resolutions)).toEqual(settings);
  });

  test('all of them up to one are no other settings than that one', () => {
    expect(ladderOf(['1080p', '720p', '480p', '360p'])).toEqual({ topRendition: '1080p' });
  });

  test('anything else is refused', () => {
    expect(() => ladderOf(['big'])).toThrow('expected resolutions like 720p');
  });
});

test('a quality is its top rendition', () => {
  expect(wishOf({ quality: 'medium' })).toEqual({ settings: { topRendition: '720p' } });
  expect(wishOf({})).toEqual({});
  expect(wishOf({ ladder: 'copy' })).toEqual({ settings: { ladder: 'copy' } });
});
