import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodedRungs,
  isCopyWanted,
  isStandIn,
  largestWanted,
  ownRungName,
  wantedCodecs,
} from '../../../src/daemon/media/plan/ladder.js';
import { rungNames, type RungName } from '../../../src/shared/resolutions.js';

type Options = Parameters<typeof encodedRungs>[2];

const rungs = (width: number, height: number, options: Options = { top: '2160p', copied: false }) =>
  encodedRungs({ width, height }, 24, options).map(
    (rung) => `${rung.name} ${rung.width}x${rung.height}`,
  );

const named = (...names: RungName[]) => names.map((name) => ({ name }));
/** These and no others. */
const only = (...names: RungName[]) => ({
  ...{ top: names[0] ?? '2160p', rungs: named(...names), isExact: true, copied: false },
});
/** What the daemon makes of all. */
const usual = (...names: RungName[]) => ({ top: '2160p', rungs: named(...names), copied: false });

describe('the ladder', () => {
  it('gives a full HD picture three rungs, and two beside its copy', () => {
    expect(rungs(1920, 1080)).toEqual(['1080p 1920x1080', '720p 1280x720', '360p 640x360']);
    expect(rungs(1920, 1080, { top: '2160p', copied: true })).toEqual([
      '720p 1280x720',
      '360p 640x360',
    ]);
  });

  it('keeps the size and shape of a wide picture', () => {
    expect(rungs(1920, 800)).toEqual(['1080p 1920x800', '720p 1280x534', '360p 640x266']);
  });

  it('never makes anything larger than the source', () => {
    expect(rungs(1000, 500)).toEqual(['720p 1000x500', '360p 640x320']);
    expect(rungs(320, 240)).toEqual(['360p 320x240']);
    expect(rungs(2, 2)).toEqual(['360p 2x2']);
  });

  it('has no second rung of nearly the same size', () => {
    expect(rungs(642, 366)).toEqual(['360p 632x360']);
    expect(rungs(2048, 1080)).toEqual(['1080p 1920x1012', '720p 1280x676', '360p 640x338']);
    expect(rungs(1080, 1936)).toEqual(['1080p 1072x1920', '720p 714x1280', '360p 358x640']);
    expect(rungs(720, 400)).toEqual(['720p 720x400', '360p 640x356']);
    expect(isCopyWanted({ width: 1998, height: 1080 }, { top: '1080p' })).toBe(true);
  });

  it('turns the boxes for a portrait', () => {
    expect(rungs(1080, 1920)).toEqual(['1080p 1080x1920', '720p 720x1280', '360p 360x640']);
  });

  it('scales a larger picture down to the highest box', () => {
    expect(rungs(3840, 2160)).toEqual(['1080p 1920x1080', '720p 1280x720', '360p 640x360']);
  });

  it('stops at the highest rung wanted', () => {
    expect(rungs(1920, 1080, { top: '720p', copied: false })).toEqual([
      '720p 1280x720',
      '360p 640x360',
    ]);
    expect(isCopyWanted({ width: 1920, height: 1080 }, { top: '720p' })).toBe(false);
    expect(isCopyWanted({ width: 1280, height: 720 }, { top: '720p' })).toBe(true);
  });

  it('makes only the rungs that are asked for, when it is told which', () => {
    expect(rungs(1920, 1080, only('720p'))).toEqual(['720p 1280x720']);
    expect(rungs(1920, 1080, only('1080p', '360p'))).toEqual(['1080p 1920x1080', '360p 640x360']);
    expect(rungs(1920, 1080, only('480p', '240p'))).toEqual(['480p 854x480', '240p 426x240']);
    expect(rungs(3840, 2160, only('2160p', '1440p', '540p'))).toEqual([
      ...['2160p 3840x2160', '1440p 2560x1440', '540p 960x540'],
    ]);
  });

  it('makes the size of the source of what is larger', () => {
    expect(rungs(1280, 720, only('1080p'))).toEqual(['720p 1280x720']);
    expect(rungs(2560, 1440, only('2160p', '360p'))).toEqual(['1440p 2560x1440', '360p 640x360']);
    expect(rungs(320, 180, usual('1080p', '480p'))).toEqual(['360p 320x180']);
    expect(rungs(320, 180, usual('480p', '240p'))).toEqual(['240p 320x180']);
    expect(rungs(480, 270, usual('360p', '240p'))).toEqual(['360p 480x270', '240p 426x240']);
  });

  it('has the top itself where all that is usual is above it', () => {
    expect(rungs(1920, 1080, { ...usual('1080p', '720p'), top: '360p' })).toEqual(['360p 640x360']);
  });

  it('copies a picture of any size beside what is usual, and none beside what is asked for', () => {
    const fullHd = { width: 1920, height: 1080 };
    expect(isCopyWanted(fullHd, usual('480p', '240p'))).toBe(true);
    expect(rungs(1920, 1080, { ...usual('480p', '240p'), copied: true })).toEqual([
      ...['480p 854x480', '240p 426x240'],
    ]);
    expect(isCopyWanted(fullHd, only('480p', '240p'))).toBe(false);
  });

  it('has the ceilings that are said, else those of the daemon, else its own', () => {
    const caps = (options: Options, frameRate = 24) =>
      encodedRungs({ width: 1280, height: 720 }, frameRate, options).map(
        (rung) => `${rung.name} ${rung.maxBitRate}`,
      );
    expect(caps(only('720p', '480p', '360p', '240p'))).toEqual([
      ...['720p 2500000', '480p 1200000', '360p 850000', '240p 425000'],
    ]);
    const capped = [...named('1080p', '360p'), { name: '480p', maxBitRate: 7 }] as const;
    expect(caps({ ...only('1080p', '480p', '360p'), rungs: capped })).toEqual([
      '720p 2500000',
      '480p 7',
      '360p 850000',
    ]);
    const daemon = [
      { name: '720p', maxBitRate: 9 },
      { name: '360p', maxBitRate: 8 },
    ] as const;
    expect(caps({ ...only('1080p', '360p'), usual: daemon })).toEqual(['720p 9', '360p 8']);
    expect(caps(only('360p'), 50)).toEqual(['360p 1275000']);
  });

  it('has no need of a rung that is asked for where the copy is it', () => {
    const fullHd = { width: 1920, height: 1080 };
    expect(isCopyWanted(fullHd, only('1080p'))).toBe(true);
    expect(isCopyWanted(fullHd, only('2160p'))).toBe(true);
    expect(isCopyWanted(fullHd, only('720p'))).toBe(false);
    expect(rungs(1920, 1080, { ...only('1080p'), copied: true })).toEqual([]);
    expect(rungs(3840, 2160, { ...only('2160p', '360p'), copied: true })).toEqual(['360p 640x360']);
  });

  it('names a copied picture by the smallest box that holds it, at any size', () => {
    const name = (width: number, height: number) =>
      ownRungName({ width, height }, { top: '2160p' });
    expect([name(1920, 1080), name(1920, 800), name(854, 480), name(320, 240)]).toEqual([
      ...['1080p', '1080p', '720p', '360p'],
    ]);
    expect([name(2560, 1440), name(3840, 1600), name(2160, 3840)]).toEqual([
      ...['1440p', '2160p', '2160p'],
    ]);
  });

  it('has rungs in another codec beside those in H.264, with lower ceilings', () => {
    const wish = {
      ...{ top: '1080p', isExact: true, copied: false },
      rungs: [
        ...named('1080p', '360p'),
        { name: '2160p', codec: 'hevc' },
        { name: '1080p', codec: 'hevc' },
        { name: '720p', codec: 'hevc', maxBitRate: 7 },
        { name: '720p', codec: 'av1' },
      ],
    } as const;
    const made = (options: Options, frameRate = 24) =>
      encodedRungs({ width: 1920, height: 1080 }, frameRate, options).map(
        ({ name, width, maxBitRate }) => `${name} ${width} ${maxBitRate}`,
      );
    expect(made(wish)).toEqual(['1080p 1920 5000000', '360p 640 850000']);
    expect(made({ ...wish, codec: 'hevc' })).toEqual([
      ...['1080p-hevc 1920 3000000', '720p-hevc 1280 7'],
    ]);
    expect(made({ ...wish, codec: 'hevc', copied: true })).toEqual(['720p-hevc 1280 7']);
    expect(made({ ...wish, codec: 'av1' }, 50)).toEqual(['720p-av1 1280 2250000']);
    expect(largestWanted({ ...wish, rungs: wish.rungs.slice(1) })).toBe('360p');
    expect(wantedCodecs(wish)).toEqual(['hevc', 'av1']);
    expect(wantedCodecs({ ...wish, isCopyOnly: true })).toEqual([]);
    expect(wantedCodecs(only('1080p'))).toEqual([]);
  });

  it('has the lowest size in H.264, too, where all that is wanted is in another codec', () => {
    const hevc = (...names: RungName[]) => names.map((name) => ({ name, codec: 'hevc' }) as const);
    const wish = { top: '2160p', isExact: true, copied: false, rungs: hevc('1080p', '480p') };
    expect(rungs(1920, 1080, wish)).toEqual(['480p 854x480']);
    expect(isStandIn(wish)).toBe(true);
    expect(isStandIn(only('480p'))).toBe(false);
    expect(isStandIn({ top: '2160p' })).toBe(false);
    const fullHd = { width: 1920, height: 1080 };
    expect(isCopyWanted(fullHd, wish)).toBe(false);
    expect(isCopyWanted(fullHd, wish, 'hevc')).toBe(true);
    expect(isCopyWanted(fullHd, wish, 'av1')).toBe(false);
  });

  it('names sizes alike in all codecs', () => {
    const wish = {
      ...{ top: '2160p', copied: false },
      rungs: [...named('360p'), { name: '540p', codec: 'av1' }],
    } as const;
    const names = (options: Options) =>
      encodedRungs({ width: 960, height: 540 }, 24, options).map(({ name }) => name);
    expect(names({ ...wish, codec: 'av1' })).toEqual(['540p-av1']);
    expect(ownRungName({ width: 960, height: 540 }, wish)).toBe('540p');
  });

  it('has sides that 4:2:0 can have, none of them longer than it was', () => {
    expect(rungs(853, 479)).toEqual(['720p 852x478', '360p 640x360']);
    expect(rungs(321, 181)).toEqual(['360p 320x180']);
  });
});

describe('any ladder of any source', () => {
  const side = fc.integer({ min: 2, max: 8000 });
  const wishes = fc.record({
    width: side,
    height: side,
    names: fc.subarray([...rungNames], { minLength: 1 }),
    top: fc.constantFrom(...rungNames),
    isExact: fc.boolean(),
    copied: fc.boolean(),
  });

  it('goes down from at most the source, in sizes that 4:2:0 can have, and is never empty', () => {
    fc.assert(
      fc.property(wishes, ({ width, height, names, top, isExact, copied: canCopy }) => {
        const source = { width, height };
        const wish = { top: isExact ? (names[0] ?? top) : top, rungs: named(...names), isExact };
        const copied = canCopy && isCopyWanted(source, wish);
        const made = encodedRungs(source, 24, { ...wish, copied });
        expect(made.length + (copied ? 1 : 0)).toBeGreaterThan(0);
        expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
        let above = { width: 2 * Math.ceil(width / 2), height: 2 * Math.ceil(height / 2) };
        made.forEach((rung, index) => {
          expect([rung.width % 2, rung.height % 2]).toEqual([0, 0]);
          expect(rung.width).toBeLessThanOrEqual(above.width);
          expect(rung.height).toBeLessThanOrEqual(above.height);
          const isOwn = index === 0 && !copied;
          if (!isOwn) expect([rung.width, rung.height]).not.toEqual([above.width, above.height]);
          above = rung;
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('turned on its side is the same one turned', () => {
    fc.assert(
      fc.property(wishes, ({ width, height, names, top, isExact }) => {
        fc.pre(width !== height);
        const wish = { top, rungs: named(...names), isExact, copied: false };
        const lying = encodedRungs({ width, height }, 24, wish);
        const upright = encodedRungs({ width: height, height: width }, 24, wish);
        const turned = upright.map((rung) => ({ ...rung, width: rung.height, height: rung.width }));
        expect(turned).toEqual(lying);
      }),
    );
  });

  it('is one rung of its own size where the source is below all of it', () => {
    fc.assert(
      fc.property(wishes, ({ names, width, height }) => {
        const lowest = { width: 426, height: 240 };
        const source = {
          width: Math.min(width, lowest.width),
          height: Math.min(height, lowest.height),
        };
        const made = encodedRungs(source, 24, {
          top: '2160p',
          rungs: named(...names),
          copied: false,
        });
        expect(made).toHaveLength(1);
        const even = (length: number) => 2 * Math.floor(length / 2);
        expect(made[0]).toMatchObject({ width: even(source.width), height: even(source.height) });
      }),
    );
  });
});
