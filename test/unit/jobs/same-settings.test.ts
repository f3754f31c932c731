import { describe, expect, it } from 'vitest';
import { withoutIdleLimit } from '../../../src/daemon/jobs/same-settings.js';
import { jobSettings } from '../../../src/shared/contract/index.js';

const settings = (given: object) => jobSettings.parse(given);

describe('a limit of the ladder', () => {
  it('is none where the source does not exceed it', () => {
    for (const topRendition of ['720p', '1080p', '2160p']) {
      expect(withoutIdleLimit(settings({ topRendition }), '720p')).toEqual(settings({}));
    }
  });

  it('stays where it leaves something out, or nobody knows yet', () => {
    const limited = settings({ topRendition: '720p' });
    expect(withoutIdleLimit(limited, '1080p')).toEqual(limited);
    expect(withoutIdleLimit(limited, undefined)).toEqual(limited);
    const chosen = settings({ topRendition: '1080p', rungs: ['1080p', '360p'] });
    expect(withoutIdleLimit(chosen, '720p')).toEqual(chosen);
  });

  it('changes nothing else', () => {
    const short = settings({ topRendition: '720p', segmentDurationSeconds: 4 });
    expect(withoutIdleLimit(short, '360p')).toEqual(settings({ segmentDurationSeconds: 4 }));
  });
});
