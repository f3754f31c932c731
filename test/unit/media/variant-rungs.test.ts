import { describe, expect, test } from 'vitest';
import { encodeArguments } from '../../../src/daemon/media/arguments/encode.js';
import { describeRung } from '../../../src/daemon/media/plan/describe-rung.js';
import { describeVariantRungs } from '../../../src/daemon/media/plan/describe-variant-rungs.js';
import { fitsCodec } from '../../../src/daemon/media/codecs/fits-codec.js';
import {
  hevcMainCodecString,
  av1MainCodecString,
} from '../../../src/daemon/media/codecs/variant-levels.js';
import { runsOfChunk } from '../../../src/daemon/worker/runs-of-chunk.js';
import type { VideoTraits } from '../../../src/shared/renditions.js';
import { plainEncoder } from '../../../src/shared/resolutions.js';
import { toTicks } from '../../../src/shared/time.js';

type Described = Parameters<typeof describeVariantRungs>[0];

const boundaries = [0, 6, 12, 14].map(toTicks);
const fullHd: Described = {
  stream: {
    ...{ index: 0, codec_type: 'video', codec_name: 'hevc', width: 1920, height: 1080 },
    ...{ disposition: {}, side_data_list: [], tags: {} },
  },
  ...{ frameRate: 24_000 / 1001, boundaries, canToneMap: true, variant: undefined },
};
const wish = {
  ...{ top: '2160p', encoder: { crf: 28, preset: 'fast' } as const },
  rungs: [
    { name: '1080p' },
    { name: '1080p', codec: 'hevc' },
    { name: '360p', codec: 'hevc' },
    { name: '360p', codec: 'av1' },
  ],
} as const;
const named = (picture: Described) =>
  describeVariantRungs(picture, wish).renditions.map(({ name, reason }) => `${name}: ${reason}`);

describe('rungs in other codecs', () => {
  test('say that somebody wanted them, and how', () => {
    expect(named(fullHd)).toEqual([
      '1080p-hevc: HEVC on request (CRF 28, preset fast)',
      '360p-hevc: HEVC on request (CRF 28, preset fast)',
      '360p-av1: AV1 on request (CRF 28, preset fast)',
    ]);
  });

  test('give way to a copy of the same codec and size', () => {
    const copied = { ...fullHd, variant: { method: 'copied', reason: 'HEVC Main' } } as const;
    expect(named(copied).map((each) => each.split(':')[0])).toEqual(['360p-hevc', '360p-av1']);
  });

  test('are left out with a word where this ffmpeg does not make them', () => {
    const missingCodecs = new Map([['hevc', "Unknown encoder 'libx265'"]] as const);
    const { renditions, leftOut } = describeVariantRungs({ ...fullHd, missingCodecs }, wish);
    expect(renditions.map(({ name }) => name)).toEqual(['360p-av1']);
    expect(leftOut).toBe("no 1080p-hevc, 360p-hevc: Unknown encoder 'libx265'");
  });

  test('promise a codec string, a bandwidth and a reordering of their own', () => {
    const [hevc, , av1] = describeVariantRungs(fullHd, wish).renditions.map(({ traits }) => traits);
    expect(hevc).toMatchObject({
      ...{ codecs: 'hvc1.1.6.L120.90', maxBitRate: 3_000_000, bandwidthBound: 4_400_000 },
      ...{ reorderTicks: 7508, encoder: { crf: 28, preset: 'fast' } },
    });
    expect(av1).toMatchObject({ codecs: 'av01.0.01M.08', maxBitRate: 510_000, reorderTicks: 0 });
  });
});

/** As one text, of one picture. */
function argumentsOf(codec: 'hevc' | 'av1', encoder = plainEncoder): string {
  const rung = { name: '', codec, width: 1280, height: 720, maxBitRate: 1_500_000 };
  const traits = describeRung(fullHd, rung, encoder, '').traits;
  const request = { source: 'a.mkv', pictures: [traits], boundaries, isLast: true };
  return encodeArguments(request).join(' ');
}

describe('the arguments of an encode', () => {
  test('are those of x265: closed groups at forced key pictures alone, sets in the header', () => {
    expect(argumentsOf('hevc')).toContain(
      '-c:v libx265 -tag:v hvc1 -profile:v main -preset veryfast -crf 25 -forced-idr 1 -maxrate 1500000 ' +
        '-bufsize 3000000 -x265-params log-level=error:info=0:repeat-headers=0:keyint=9999:min-keyint=1:' +
        'scenecut=0:open-gop=0:level-idc=3.1:fps=23976/1000 ',
    );
    expect(argumentsOf('hevc')).toContain('-force_key_frames 0.000000,5.998000,11.998000');
    expect(argumentsOf('hevc', { crf: 50.5, preset: 'slow' })).toContain('-preset slow -crf 51 ');
  });

  test('are those of SVT-AV1, on its own scales', () => {
    expect(argumentsOf('av1')).toContain(
      '-c:v libsvtav1 -preset 10 -crf 37 -g 9999 -maxrate 1500000 -bufsize 3000000 ' +
        '-svtav1-params fps-num=23976:fps-denom=1000 ',
    );
    expect(argumentsOf('av1', { crf: 1, preset: 'veryslow' })).toContain('-preset 4 -crf 1 ');
    expect(argumentsOf('av1', { crf: 51, preset: 'ultrafast' })).toContain('-preset 12 -crf 63 ');
  });
});

test('the clock is the one of the plan, which every ffmpeg takes: 9 refuses -1', () => {
  expect(argumentsOf('hevc')).toContain(' -enc_time_base 1:90000 ');
});

test('AV1 is made by the segment, without what is there; other codecs in one run', () => {
  const rendition = (codecs: string, ...published: number[]) => ({
    ...({ id: '', name: '', method: 'encoded', initPublished: false } as const),
    traits: { kind: 'video', codecs } as VideoTraits,
    published: new Set(published),
  });
  const chunk = { boundaries, firstSegment: 0, segments: 3 };
  const runs = (...renditions: ReturnType<typeof rendition>[]) =>
    runsOfChunk({ ...chunk, renditions }).map((run) => [run.firstSegment, run.segments]);
  expect(runs(rendition('hvc1.1.6.L93.90', 1))).toEqual([[0, 3]]);
  expect(runs(rendition('av01.0.05M.08'))).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
  ]);
  expect(runs(rendition('av01.0.05M.08', 1), rendition('av01.0.01M.08', 0, 1))).toEqual([
    [0, 1],
    [2, 1],
  ]);
});

test.each([
  [426, 240, 24, 255_000, 'hvc1.1.6.L60.90', 'av01.0.00M.08'],
  [640, 360, 24, 510_000, 'hvc1.1.6.L63.90', 'av01.0.01M.08'],
  [1280, 720, 24, 1_500_000, 'hvc1.1.6.L93.90', 'av01.0.05M.08'],
  [1280, 720, 50, 2_250_000, 'hvc1.1.6.L120.90', 'av01.0.08M.08'],
  [1920, 1080, 24, 3_000_000, 'hvc1.1.6.L120.90', 'av01.0.08M.08'],
  [1920, 1080, 60, 4_500_000, 'hvc1.1.6.L123.90', 'av01.0.09M.08'],
  [3840, 2160, 24, 9_600_000, 'hvc1.1.6.L150.90', 'av01.0.12M.08'],
  // A buffer of two seconds, and a ceiling, that a lower level has no room for.
  [1280, 720, 24, 9_000_000, 'hvc1.1.6.L123.90', 'av01.0.05M.08'],
  [7680, 4320, 60, 100_000_000, 'hvc1.1.6.L156.90', 'av01.0.14M.08'],
])('%i×%i at %i frames and %i bits a second is %s and %s', (...facts) => {
  const [width, height, frameRate, maxBitRate, hevc, av1] = facts;
  const picture = { width, height, frameRate, maxBitRate };
  expect([hevcMainCodecString(picture), av1MainCodecString(picture)]).toEqual([hevc, av1]);
});

test.each([
  ['hvc1.1.6.L90.90', 'hvc1.1.6.L93.90', true],
  ['hvc1.1.6.L93.B0', 'hvc1.1.6.L93.90', true],
  ['hvc1.1.6.L120.90', 'hvc1.1.6.L93.90', false],
  ['hvc1.2.4.L93.90', 'hvc1.1.6.L93.90', false],
  ['hvc1.1.6.H93.90', 'hvc1.1.6.L93.90', false],
  ['av01.0.04M.08', 'av01.0.05M.08', true],
  ['av01.0.08M.08', 'av01.0.05M.08', false],
  ['av01.0.05H.08', 'av01.0.05M.08', false],
  ['av01.0.05M.10', 'av01.0.05M.08', false],
  ['avc1.64001f', 'hvc1.1.6.L93.90', false],
  ['something else', 'av01.0.05M.08', false],
])('%s where %s was promised: %s', (made, promised, fits) => {
  expect(fitsCodec(made, promised)).toBe(fits);
});
