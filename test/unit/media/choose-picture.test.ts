import { describe, expect, it } from 'vitest';
import { choosePictureByHeader } from '../../../src/daemon/media/plan/choose-picture.js';
import { sourceColors, treatmentOf } from '../../../src/daemon/media/source/colors.js';
import type { Source, SourceStream } from '../../../src/daemon/media/source/inspect.js';
import { pictureOf } from '../../../src/daemon/media/source/picture-of.js';

function stream(facts: Partial<SourceStream> = {}): SourceStream {
  return {
    ...{ index: 0, codec_type: 'video', codec_name: 'h264', profile: 'High' },
    ...{ pix_fmt: 'yuv420p', width: 1920, height: 1080, tags: {}, disposition: {} },
    ...{ side_data_list: [], field_order: 'progressive', ...facts },
  };
}

const display = (matrix: string) => [{ displaymatrix: matrix, rotation: 0, dv_profile: undefined }];
const reasonOf = (facts: Partial<SourceStream>, canToneMap = true) =>
  choosePictureByHeader(stream(facts), canToneMap).reason;

describe('the choice between copy and encode', () => {
  it('copies 8-bit H.264 of a common profile that is upright, SDR and progressive', () => {
    expect(choosePictureByHeader(stream(), true)).toEqual({
      method: 'copied',
      reason: 'H.264 High, 8 bit',
    });
  });

  it.each<[string, Partial<SourceStream>]>([
    ['HEVC, 10 bit', { codec_name: 'hevc', pix_fmt: 'yuv420p10le' }],
    ['H.264 High 10, 10 bit', { profile: 'High 10', pix_fmt: 'yuv420p10le' }],
    [
      'H.264 High 4:4:4 Predictive, 4:4:4',
      { profile: 'High 4:4:4 Predictive', pix_fmt: 'yuv444p' },
    ],
    ['H.264 profile Extended', { profile: 'Extended' }],
    ['MPEG-2, interlaced', { codec_name: 'mpeg2video', field_order: 'tt' }],
    ['interlaced', { field_order: 'bb' }],
    ['pixel aspect 64:45', { sample_aspect_ratio: '64:45' }],
    ['HDR10 tone mapped', { color_transfer: 'smpte2084' }],
    ['HLG tone mapped', { color_transfer: 'arib-std-b67' }],
    ['PRORES', { codec_name: 'prores', pix_fmt: 'yuv420p' }],
    ['mirrored', { side_data_list: display('00000000:  -65536  0  0\n00000001:  0  65536  0\n') }],
  ])('encodes and says why: %s', (reason, facts) => {
    expect(choosePictureByHeader(stream(facts), true)).toEqual({ method: 'encoded', reason });
  });

  it('says where this ffmpeg or any cannot give the colours back', () => {
    expect(reasonOf({ color_transfer: 'smpte2084' }, false)).toContain('cannot tone map');
    const vision = [{ dv_profile: 5, rotation: undefined, displaymatrix: undefined }];
    expect(reasonOf({ codec_name: 'hevc', side_data_list: vision })).toContain('profile 5');
  });
});

describe('what the numbers of a picture mean', () => {
  it('is guessed as players do where nobody says', () => {
    const matrixOf = (width: number, height: number) =>
      sourceColors(stream({ width, height, color_space: 'unknown' })).matrix;
    expect([matrixOf(720, 576), matrixOf(1280, 544), matrixOf(1080, 1920)]).toEqual([
      ...['smpte170m', 'bt709', 'bt709'],
    ]);
  });

  it('stays what it is where every player knows it, else becomes BT.709', () => {
    const after = (facts: Partial<SourceStream>) =>
      treatmentOf(stream(facts), { canToneMap: true });
    const sd = { color_space: 'bt470bg', color_primaries: 'bt470bg', color_transfer: 'bt709' };
    expect(after(sd).to).toEqual({
      ...{ matrix: 'bt470bg', primaries: 'bt470bg', transfer: 'bt709', range: 'tv' },
    });
    expect(after({ pix_fmt: 'gbrp' }).to.matrix).toBe('bt709');
    const wide = { color_space: 'bt2020nc', color_primaries: 'bt2020' };
    expect(after(wide)).toMatchObject({ to: { matrix: 'bt709' }, isToneMapped: true });
    expect(after({ color_transfer: 'smpte2084' }).isToneMapped).toBe(true);
  });
});

describe('the picture of a file', () => {
  const chosen = (...streams: Partial<SourceStream>[]) =>
    pictureOf({
      streams: streams.map((facts, index) => stream({ index, ...facts })),
    } as unknown as Source).index;

  it('is none of its covers and thumbnails, marked or not', () => {
    expect(chosen({ disposition: { attached_pic: 1 } }, {})).toBe(1);
    expect(chosen({ codec_name: 'mjpeg', width: 4000 }, { width: 640 })).toBe(1);
    expect(chosen({ disposition: { timed_thumbnails: 1 } }, {})).toBe(1);
    expect(chosen({ codec_name: 'mjpeg' })).toBe(0);
  });

  it('is the one with frames, that is marked, and the largest', () => {
    expect(chosen({ pix_fmt: 'unknown', width: 3840 }, {})).toBe(1);
    expect(chosen({ nb_frames: 1, width: 3840 }, { nb_frames: 900 })).toBe(1);
    expect(chosen({ nb_frames: 2, width: 2048 }, { nb_frames: 53, width: 1440 })).toBe(1);
    expect(chosen({ nb_frames: 1440 }, { nb_frames: 3600, width: 640 })).toBe(0);
    expect(chosen({ disposition: {} }, { disposition: { default: 1 } })).toBe(1);
    expect(chosen({ width: 640, height: 360 }, {})).toBe(1);
    expect(chosen({}, {})).toBe(0);
  });

  it('is missed by name where there is none', () => {
    expect(() => chosen({ codec_type: 'audio' })).toThrow('sound but no picture');
    expect(() => chosen({ codec_name: 'ffv1' })).toThrow('is FFV1, which is not read here');
    expect(() => chosen({ codec_name: undefined, codec_tag_string: 'vvc1' })).toThrow(
      'is VVC1, which',
    );
    expect(() => chosen({ codec_name: undefined, codec_tag_string: '[0][0][0][0]' })).toThrow(
      'no picture',
    );
    expect(() => chosen({ width: 0 })).toThrow('nothing says how large its picture is');
  });
});
