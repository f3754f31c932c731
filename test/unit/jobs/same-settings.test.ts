import { describe, expect, it } from 'vitest';
import {
  plainPicture,
  wantedRungs,
  ladderWish,
} from '../../../src/daemon/jobs/states/picture-wish.js';
import {
  withoutIdleWishes,
  type WholePicture,
} from '../../../src/daemon/jobs/commands/same-settings.js';
import { encodedRungs, ownRungName } from '../../../src/daemon/media/plan/ladder.js';
import { jobSettings } from '../../../src/shared/contract/index.js';
import { ladderOf } from '../../../src/shared/resolutions.js';

const settings = (given: object) => jobSettings.parse(given);
const asked = (...resolutions: string[]) => settings(ladderOf(resolutions));
const small = {
  rungs: wantedRungs(['480p', '240p']),
  encoder: { crf: 28, preset: 'fast' },
} as const;

const entries = { hevc: 'hvc1.1.6.L120.90', av1: 'av01.0.08M.08' };

/** The pictures of a plan that nothing limited. */
function wholeOf(
  [width, height]: readonly [number, number],
  { copied = false, hevc = false, usual = plainPicture } = {},
): WholePicture[] {
  const wish = ladderWish(settings({}), usual);
  const size = { width, height };
  const row = (name: string, method: WholePicture['method'], more: object) => ({
    ...{ name, method },
    traits: {
      ...{ kind: 'video', frameRate: 24, codecs: 'avc1.640028', ...size, ...more },
    } as WholePicture['traits'],
  });
  const encoder = { encoder: usual.encoder, sourceSize: size };
  return [
    ...(copied ? [row(ownRungName(size, wish), 'copied', {})] : []),
    ...encodedRungs(size, 24, { ...wish, copied }).map((rung) =>
      row(rung.name, 'encoded', { ...rung, ...encoder }),
    ),
    ...(['hevc', 'av1'] as const).flatMap((codec) =>
      encodedRungs(size, 24, { ...wish, copied: hevc && codec === 'hevc', codec }).map((rung) =>
        row(rung.name, 'encoded', { ...rung, ...encoder, codecs: entries[codec] }),
      ),
    ),
    ...(hevc ? [row(`${height}p-hevc`, 'copied', { codecs: 'hvc1.1.6.L120.B0' })] : []),
  ];
}

const hd = [1280, 720] as const;
const fullHd = [1920, 1080] as const;
const uhd = [3840, 2160] as const;

describe('a limit of the ladder', () => {
  it('is none where the source does not exceed it', () => {
    for (const topRendition of ['720p', '1080p', '2160p']) {
      const limited = settings({ topRendition });
      expect(withoutIdleWishes(limited, wholeOf(hd), plainPicture)).toEqual(settings({}));
    }
  });

  it('stays where it leaves something out, or nobody knows yet', () => {
    const limited = settings({ topRendition: '720p' });
    expect(withoutIdleWishes(limited, wholeOf(fullHd), plainPicture)).toEqual(limited);
    expect(withoutIdleWishes(limited, undefined, plainPicture)).toEqual(limited);
  });

  it('changes nothing else', () => {
    const short = settings({ topRendition: '720p', segmentDurationSeconds: 4 });
    expect(withoutIdleWishes(short, wholeOf([640, 360]), plainPicture)).toEqual(
      settings({ segmentDurationSeconds: 4 }),
    );
  });
});

describe('rungs that are asked for', () => {
  const all = ['2160p', '1080p', '720p', '360p'];

  it('are the ladder that is there where they come out as it', () => {
    for (const copied of [false, true]) {
      const whole = wholeOf(fullHd, { copied });
      expect(withoutIdleWishes(asked(...all), whole, plainPicture)).toEqual(settings({}));
      const usual = asked('1080p', '720p', '360p');
      expect(withoutIdleWishes(usual, whole, plainPicture)).toEqual(settings({}));
      expect(withoutIdleWishes(asked('720p', '360p'), whole, plainPicture)).toEqual(
        settings({ topRendition: '720p' }),
      );
    }
    const copy = wholeOf(uhd, { copied: true });
    expect(withoutIdleWishes(asked(...all), copy, plainPicture)).toEqual(settings({}));
  });

  it('are compared with the ladder, not with what is offered beside it', () => {
    const whole = wholeOf(fullHd, { hevc: true });
    expect(withoutIdleWishes(asked('1080p', '720p', '360p'), whole, plainPicture)).toEqual(
      settings({}),
    );
    const larger = asked(...all);
    expect(withoutIdleWishes(larger, wholeOf(uhd, { hevc: true }), plainPicture)).toEqual(larger);
  });

  it('are another where one comes in, goes out or has another ceiling', () => {
    const whole = wholeOf(fullHd);
    const others = [['1080p', '360p'], ['1080p', '720p', '480p', '360p'], ['480p']];
    for (const names of [...others, ['1080p=6M', '720p', '360p']]) {
      expect(withoutIdleWishes(asked(...names), whole, plainPicture)).toEqual(asked(...names));
    }
    // A source larger than the ladder, of which the largest rung is made when it is asked for.
    expect(withoutIdleWishes(asked(...all), wholeOf(uhd), plainPicture)).toEqual(asked(...all));
  });

  it('are judged by the largest picture where an old plan does not tell how large the source is', () => {
    const isNewer = (key: string) => key === 'sourceSize' || key === 'encoder';
    const text = JSON.stringify(wholeOf(fullHd), (key, value: unknown) =>
      isNewer(key) ? undefined : value,
    );
    const old = JSON.parse(text) as WholePicture[];
    const usual = asked('1080p', '720p', '360p');
    expect(withoutIdleWishes(usual, old, plainPicture)).toEqual(settings({}));
    expect(withoutIdleWishes(asked(...all), old, plainPicture)).toEqual(asked(...all));
    const plain = settings({ crf: 23, preset: 'veryfast' });
    expect(withoutIdleWishes(plain, old, small)).toEqual(settings({}));
  });

  it('are compared with what is there, not with what the daemon would make by now', () => {
    const whole = wholeOf(fullHd);
    expect(withoutIdleWishes(asked('480p', '240p'), whole, small)).toEqual(asked('480p', '240p'));
    expect(withoutIdleWishes(asked('1080p', '720p', '360p'), whole, small)).toEqual(settings({}));
  });

  it('are the ladder that is there with what is made beside it in other codecs', () => {
    const texts = ['1080p', '720p', '360p', '1080p-hevc', '360p-hevc=300k'];
    const usual = { ...plainPicture, rungs: wantedRungs(texts) };
    const whole = wholeOf(fullHd, { usual });
    expect(whole.map(({ name }) => name)).toEqual([
      ...['1080p', '720p', '360p', '1080p-hevc', '360p-hevc'],
    ]);
    expect(withoutIdleWishes(asked(...texts), whole, plainPicture)).toEqual(settings({}));
    expect(withoutIdleWishes(asked(...texts), undefined, usual)).toEqual(
      settings({ topRendition: '1080p' }),
    );
    const others = [
      ['1080p', '720p', '360p'],
      ['1080p', '720p', '360p', '1080p-hevc'],
      ['1080p', '720p', '360p', '1080p-hevc', '360p-av1'],
      ['1080p', '720p', '360p', '1080p-hevc', '360p-hevc=400k'],
    ];
    for (const names of others) {
      expect(withoutIdleWishes(asked(...names), whole, usual)).toEqual(asked(...names));
      expect(withoutIdleWishes(asked(...names), undefined, usual)).toEqual(asked(...names));
    }
    // A copy stands for the rung of its size.
    const copy = wholeOf(fullHd, { hevc: true });
    const withCopy = asked('1080p', '720p', '360p', '1080p-hevc');
    expect(withoutIdleWishes(withCopy, copy, plainPicture)).toEqual(settings({}));
  });

  it('are those of the daemon where nothing is there yet', () => {
    expect(withoutIdleWishes(asked('480p', '240p'), undefined, small)).toEqual(
      settings({ topRendition: '480p' }),
    );
    expect(withoutIdleWishes(asked('240p'), undefined, small)).toEqual(
      settings({ topRendition: '240p' }),
    );
    expect(withoutIdleWishes(asked('480p'), undefined, small)).toEqual(asked('480p'));
  });
});

describe('a quality that is asked for', () => {
  it('is none where all has it', () => {
    const same = settings({ crf: 23, preset: 'veryfast' });
    expect(withoutIdleWishes(same, wholeOf(fullHd), small)).toEqual(settings({}));
    expect(withoutIdleWishes(same, undefined, plainPicture)).toEqual(settings({}));
  });

  it('stays where what is there has another', () => {
    const same = settings({ crf: 28, preset: 'fast' });
    expect(withoutIdleWishes(same, wholeOf(fullHd), small)).toEqual(same);
    expect(withoutIdleWishes(same, wholeOf(fullHd, { usual: small }), small)).toEqual(settings({}));
  });
});
