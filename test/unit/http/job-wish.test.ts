import { describe, expect, test } from 'vitest';
import { wishOf } from '../../../src/daemon/http/jobs/job-wish.js';
import { submitJobRequest } from '../../../src/shared/contract/index.js';
import { ladderOf } from '../../../src/shared/resolutions.js';

describe('resolutions ask, each, for the largest rung that is not above it', () => {
  test.each([
    [['1920x1080', '1280x720'], { topRendition: '1080p', rungs: ['1080p', '720p'] }],
    [['360p', '1080p'], { topRendition: '1080p', rungs: ['1080p', '360p'] }],
    [['720p'], { topRendition: '720p', rungs: ['720p'] }],
    [['720x1280'], { topRendition: '720p', rungs: ['720p'] }],
    [['854x480'], { topRendition: '480p', rungs: ['480p'] }],
    [['700p'], { topRendition: '540p', rungs: ['540p'] }],
    [['144p'], { topRendition: '240p', rungs: ['240p'] }],
    [
      ['480p=1.5M', '1280x720=900k'],
      { topRendition: '720p', rungs: ['720p=900000', '480p=1500000'] },
    ],
    [['8000x4000'], { topRendition: '2160p', rungs: ['2160p'] }],
    [
      ['720p-AV1=900k', '1080p-hevc', '1280x720-av1', '720p', '360p-hevc'],
      { topRendition: '1080p', rungs: ['720p', '1080p-hevc', '360p-hevc', '720p-av1'] },
    ],
  ])('%s', (resolutions, settings) => {
    expect(ladderOf(resolutions)).toEqual(settings);
  });

  test.each([
    'big',
    '720',
    '720p=',
    '720p=fast',
    '720p=1k',
    '720p=2G',
    '720p=1M=2M',
    '',
    '720p-',
    '720p-vp9',
    '720p-hevc-av1',
    '720p=1M-hevc',
    '-hevc',
  ])('%s is refused, saying what is expected', (resolution) => {
    const { error } = submitJobRequest.safeParse({ videoId: 'a', resolutions: [resolution] });
    expect(error?.issues[0]?.message).toContain('expected resolutions like 1080p');
  });
});

test('a quality is its top rendition', () => {
  expect(wishOf({ quality: 'medium' })).toEqual({ settings: { topRendition: '720p' } });
  expect(wishOf({})).toEqual({});
  expect(wishOf({ ladder: 'copy' })).toEqual({ settings: { ladder: 'copy' } });
  expect(wishOf({ resolutions: ['480p'], crf: 28, preset: 'fast' })).toEqual({
    settings: { topRendition: '480p', rungs: ['480p'], crf: 28, preset: 'fast' },
  });
  const both = { videoId: 'a', quality: 'high', resolutions: ['480p'] };
  expect(submitJobRequest.safeParse(both).error?.issues[0]?.message).toBe(
    'expected quality or resolutions, not both',
  );
});
