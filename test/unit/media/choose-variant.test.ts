import { describe, expect, it } from 'vitest';
import {
  chooseVariantByHeader,
  confirmVariant,
} from '../../../src/daemon/media/plan/choose-variant.js';
import type { SourceStream } from '../../../src/daemon/media/source/inspect.js';

const seconds = (value: number) => value * 90_000;
const noData = {
  ...{ rotation: undefined, displaymatrix: undefined },
  ...{ dv_profile: undefined, dv_bl_signal_compatibility_id: undefined },
};

/** A hvcC with one set of each kind, as ffprobe writes bytes. */
const hvcC = [
  '00000000: 0101 6000 0000 9000 0000 0000 5df0 00fc  ..........',
  '00000010: fdf8 f800 000f 0320 0001 0002 4001 2100  ..........',
  '00000020: 0100 0242 0122 0001 0002 4401            ..........',
].join('\n');

function stream(facts: Partial<SourceStream> = {}): SourceStream {
  return {
    ...{ index: 0, codec_type: 'video', codec_name: 'hevc', profile: 'Main 10' },
    ...{ pix_fmt: 'yuv420p10le', width: 1920, height: 1080, tags: {}, disposition: {} },
    ...{ side_data_list: [], field_order: 'progressive', extradata: hvcC, ...facts },
  };
}

const vision = (profile: number, base: number) => ({
  color_transfer: 'smpte2084',
  side_data_list: [{ ...noData, dv_profile: profile, dv_bl_signal_compatibility_id: base }],
});

describe('the copy beside the ladder', () => {
  it.each<[string, Partial<SourceStream>]>([
    ['HEVC Main 10', {}],
    ['HEVC Main', { profile: 'Main', pix_fmt: 'yuv420p' }],
    ['HEVC Main 10, HDR10', { color_transfer: 'smpte2084' }],
    ['HEVC Main 10, HLG', { color_transfer: 'arib-std-b67' }],
    ['HEVC Main 10, HDR10', vision(8, 1)],
    [
      'AV1 Main',
      { codec_name: 'av1', profile: 'Main', extradata: '00000000: 8108 4c00            ....' },
    ],
  ])('is offered by the headers: %s', (reason, facts) => {
    expect(chooseVariantByHeader(stream(facts))).toEqual({ method: 'copied', reason });
  });

  it.each<[string, Partial<SourceStream>]>([
    ['HEVC Rext, yuv422p10le', { profile: 'Rext', pix_fmt: 'yuv422p10le' }],
    ['pixel aspect 4:3', { sample_aspect_ratio: '4:3' }],
    ['turned by 90°', { side_data_list: [{ ...noData, rotation: 90 }] }],
    ['interlaced', { field_order: 'tt' }],
    ['Dolby Vision profile 5.0', vision(5, 0)],
    ['Dolby Vision profile 7.6', vision(7, 6)],
    ['no parameter sets in the header', { extradata: '' }],
  ])('is not: %s', (reason, facts) => {
    expect(chooseVariantByHeader(stream(facts))).toEqual({ method: 'encoded', reason });
  });

  it('is no question of H.264 and what is older', () => {
    expect(chooseVariantByHeader(stream({ codec_name: 'h264' }))).toBeUndefined();
    expect(chooseVariantByHeader(stream({ codec_name: 'mpeg2video' }))).toBeUndefined();
  });
});

describe('its packets', () => {
  const byHeader = { method: 'copied', reason: 'HEVC Main 10' } as const;
  /** 20 s at 24 frames a second, `sizeBytes` each. */
  const packets = (sizeBytes: number, first = 0) =>
    Array.from({ length: 480 }, (_, index) => ({
      ...{ ticks: first + index * 3750, durationTicks: 3750, sizeBytes, isKey: index % 48 === 0 },
    }));
  const confirmed = (
    cuts: readonly number[],
    { sizeBytes = 10_000, first = 0, extra = packets(0).slice(0, 0), facts = {} } = {},
  ) =>
    confirmVariant(byHeader, stream(facts), {
      packets: [...packets(sizeBytes, first), ...extra],
      cuts: new Set(cuts.map(seconds)),
      ...{ targetTicks: seconds(6), ends: [seconds(20)] },
    });

  it('confirm it where no segment gets longer than twice the target', () => {
    expect(confirmed([0, 2, 4, 6, 8, 10, 12, 14, 16, 18])).toEqual({
      ...{ method: 'copied', reason: 'HEVC Main 10, key frames every 2.0 s' },
    });
    expect(confirmed([0, 12])?.method).toBe('copied');
    expect(confirmed([0, 13])?.reason).toBe('independent key pictures up to 13 s apart');
    expect(confirmed([2, 4])?.reason).toBe('does not start with an independent key picture');
  });

  it('confirm no more bits than networks carry, of which 2160p may have twice as many', () => {
    const cuts = [0, 6, 12];
    const sizeBytes = 25_000_000 / 8 / 24;
    expect(confirmed(cuts, { sizeBytes })?.reason).toBe('25 Mbit/s');
    const facts = { width: 3840, height: 2160 };
    expect(confirmed(cuts, { sizeBytes, facts })?.method).toBe('copied');
    expect(confirmed(cuts, { sizeBytes: 2 * sizeBytes, facts })?.reason).toBe('50 Mbit/s');
  });

  it('do not confirm what could not be found again frame by frame', () => {
    expect(confirmed([0, 6, 12], { extra: packets(1).slice(3, 4) })?.reason).toBe(
      'time stamps twice',
    );
    expect(confirmed([0, 6, 12], { first: -3750 })?.reason).toContain('not shown');
  });
});
