import { describe, expect, test } from 'vitest';
import { lanesOf } from '../../../src/daemon/jobs/running/lanes.js';
import { addEncoding } from '../../../src/daemon/jobs/ended/encoding.js';
import { encodeArguments } from '../../../src/daemon/media/arguments/encode.js';
import { fitsCodec } from '../../../src/daemon/media/codecs/fits-codec.js';
import {
  hardwareEncoders,
  sessionsPerChunk,
  slotsOf,
} from '../../../src/daemon/media/arguments/hardware-encoders.js';
import { firstReason } from '../../../src/daemon/media/encoders/first-reason.js';
import { Rests } from '../../../src/daemon/media/encoders/rests.js';
import { partToBlame, waysOf } from '../../../src/daemon/media/encoders/ways.js';
import { hasParameterSets, reorderDepth } from '../../../src/daemon/media/fmp4/avc-samples.js';
import type { VideoTraits } from '../../../src/shared/renditions.js';

const nvenc = hardwareEncoders.find(({ name }) => name === 'nvenc');
const vaapi = hardwareEncoders.find(({ name }) => name === 'vaapi');
if (nvenc === undefined || vaapi === undefined) throw new Error('not in the catalogue');
const found = { name: 'nvenc', codec: 'h264_nvenc', works: true, reason: '' } as const;

describe('the ways to make a chunk', () => {
  const none = () => false;

  test('are hardware altogether, hardware for encoding, and the CPU', () => {
    expect(waysOf({ ...found, hwaccel: 'cuda' }, none)).toEqual([
      { encoder: nvenc, hwaccel: 'cuda' },
      { encoder: nvenc },
      undefined,
    ]);
    expect(waysOf(found, none)).toEqual([{ encoder: nvenc }, undefined]);
  });

  test('are the CPU alone where nothing works or was asked for', () => {
    expect(waysOf(undefined, none)).toEqual([undefined]);
    expect(waysOf({ ...found, works: false }, none)).toEqual([undefined]);
  });

  test('leave out what rests', () => {
    const whole = { ...found, hwaccel: 'cuda' };
    expect(waysOf(whole, (part) => part === 'cuda')).toEqual([{ encoder: nvenc }, undefined]);
    expect(waysOf(whole, (part) => part === 'h264_nvenc')).toEqual([undefined]);
  });

  test('are to blame for what a later way did without', () => {
    const whole = { encoder: nvenc, hwaccel: 'cuda' };
    expect(partToBlame(whole, { encoder: nvenc })).toBe('cuda');
    expect(partToBlame(whole, undefined)).toBe('h264_nvenc');
    expect(partToBlame({ encoder: nvenc }, undefined)).toBe('h264_nvenc');
  });
});

test('what fails three times in a row rests, and twice as long when it fails again', () => {
  let now = 0;
  const rests = new Rests({ monotonic: () => now });
  const fail = (times: number) => {
    for (let n = 0; n < times; n++) rests.failed('h264_nvenc', 'out of memory');
  };
  fail(2);
  rests.worked('h264_nvenc');
  fail(2);
  expect(rests.isResting('h264_nvenc')).toBe(false);
  fail(1);
  expect(rests.isResting('h264_nvenc')).toBe(true);
  expect(rests.isResting('cuda')).toBe(false);
  now = 60_000;
  expect(rests.isResting('h264_nvenc')).toBe(false);
  fail(1);
  now = 179_999;
  expect(rests.isResting('h264_nvenc')).toBe(true);
  now = 180_000;
  expect(rests.isResting('h264_nvenc')).toBe(false);
});

describe('the arguments of a chunk that hardware encodes', () => {
  const picture = (height: number): VideoTraits => ({
    ...{ kind: 'video', stream: 0, width: (height * 16) / 9, height, frameRate: 24 },
    ...{ codecs: '', bandwidthBound: 0, maxBitRate: 1_000_000, reorderTicks: 7500 },
  });
  const argumentsOf = (
    heights: readonly number[],
    acceleration: object | undefined,
    more: Partial<VideoTraits> = {},
  ) =>
    encodeArguments({
      ...{ source: '/clip', isLast: true },
      pictures: heights.map((height) => ({ ...picture(height), ...more })),
      ...{ boundaries: [0, 540_000, 900_000], acceleration: acceleration as never },
    }).join(' ');

  test('ask for key pictures at the boundaries, High profile and no more reordering than two', () => {
    const words = argumentsOf([720], { encoder: nvenc, hwaccel: 'cuda' });
    expect(words).toContain('-hwaccel cuda -noaccurate_seek');
    expect(words).toContain('-c:v h264_nvenc');
    expect(words).toContain('-profile:v high -forced-idr 1 -b_ref_mode disabled -level:v 31');
    // A group is as long as the longest segment: six seconds.
    expect(words).toContain('-bf 2 -g 144 -keyint_min 144');
    expect(words).toContain('-bsf:v dump_extra=freq=keyframe');
    expect(words).toContain('-force_key_frames 0.000000,5.998000');
  });

  test('leave to the CPU what there are no sessions for, the smallest pictures', () => {
    const words = argumentsOf([1080, 720, 480, 360], { encoder: nvenc });
    expect(words.match(/-c:v \w+/g)).toEqual([
      ...Array<string>(3).fill('-c:v h264_nvenc'),
      '-c:v libx264',
    ]);
  });

  test('upload pictures where the encoder does not do so itself', () => {
    const words = argumentsOf([720, 360], { encoder: vaapi });
    expect(words).toContain('-init_hw_device vaapi=hw -filter_hw_device hw');
    expect(words).toContain('[v0]format=nv12,hwupload[h0];[v1]format=nv12,hwupload[h1]');
    expect(words.match(/-map \[\w+\]/g)).toEqual(['-map [h0]', '-map [h1]']);
  });

  test('are those of x264 as they were measured, where nobody says more', () => {
    expect(argumentsOf([720], undefined)).toContain(
      '-c:v libx264 -preset veryfast -crf 23 -bf 3 -aq-mode 2 -profile:v high -level:v 3.1 -g 9999 ' +
        '-sc_threshold 0 -maxrate 1000000 -bufsize 2000000 -x264-params repeat-headers=1 ',
    );
    expect(argumentsOf([360], undefined)).toContain('-aq-mode 2 -refs 3 -rc-lookahead 20 -profile');
  });

  test('say what the plan says of quality and preset, in hardware too', () => {
    const fine = { encoder: { crf: 18.5, preset: 'slow' } } as const;
    const words = argumentsOf([720], undefined, fine);
    expect(words).toContain('-preset slow -crf 18.5 -bf 3 -profile');
    expect(argumentsOf([720], { encoder: nvenc }, fine)).toContain('-rc vbr -cq 18.5 -b:v 0');
    const hasty = argumentsOf([720], undefined, { encoder: { crf: 28, preset: 'ultrafast' } });
    expect(hasty).toContain('-preset ultrafast -crf 28 -profile:v high');
    expect(hasty).toContain('repeat-headers=1:8x8dct=1');
  });

  test('name a level with room for what the ceiling lets through', () => {
    const wide = argumentsOf([720], undefined, { maxBitRate: 20_000_000 });
    expect(wide).toContain('-level:v 4.2 -g 9999 -sc_threshold 0 -maxrate 20000000');
  });

  test('name no hardware where none is used', () => {
    expect(argumentsOf([720], undefined)).not.toMatch(/hwaccel|nvenc|dump_extra/);
  });
});

test.each(hardwareEncoders.map((encoder) => [encoder.name, encoder] as const))(
  'all chunks of %s together stay within its sessions',
  (_, encoder) => {
    expect(slotsOf(encoder) * sessionsPerChunk(encoder)).toBeLessThanOrEqual(encoder.sessions);
    expect(sessionsPerChunk(encoder)).toBeGreaterThan(0);
  },
);

test.each([
  ['avc1.64001f', true],
  ['avc1.640c1f', true],
  ['avc1.64001e', true],
  ['avc1.640020', false],
  ['avc1.4d001f', false],
])('%s fits where avc1.64001f was promised: %s', (made, fits) => {
  expect(fitsCodec(made, 'avc1.64001f')).toBe(fits);
});

test('the reason of a failure is what was said first, without its place in memory', () => {
  const said = '[h264_nvenc @ 0x55f3] Cannot load libcuda.so.1\nError initializing output stream';
  expect(firstReason(`Video transcoding failed: ${said}`)).toBe('Cannot load libcuda.so.1');
  expect(firstReason('')).toBe('');
});

test('reordering is how far showing lags behind decoding', () => {
  const depth = (...times: number[]) => reorderDepth(times.map((pts) => ({ pts })));
  expect(depth(0, 1, 2)).toBe(0);
  expect(depth(0, 2, 1)).toBe(1);
  expect(depth(0, 4, 2, 1, 3)).toBe(2);
});

test('parameter sets are in band when both come with a picture', () => {
  const sample = (...types: number[]) => ({
    data: Buffer.concat(types.map((type) => Buffer.from([0, 0, 0, 2, 0x60 | type, 0]))),
  });
  expect(hasParameterSets(sample(9, 7, 8, 5))).toBe(true);
  expect(hasParameterSets(sample(7, 5))).toBe(false);
  expect(hasParameterSets(sample(5))).toBe(false);
});

test('what encoded a job is counted, with the last reason of each failure', () => {
  const report = { encoder: 'h264_nvenc', hwaccel: null, failures: [] };
  const fallen = { encoder: 'libx264', hwaccel: null };
  const failure = (reason: string) => [{ part: 'h264_nvenc', reason }];
  const counted = [
    report,
    { ...fallen, failures: [...failure('first'), ...failure('both ways')] },
    report,
    { ...fallen, failures: failure('later') },
  ].reduce<ReturnType<typeof addEncoding> | null>(addEncoding, null);
  expect(counted).toEqual({
    encoders: [
      { name: 'h264_nvenc', chunks: 2 },
      { name: 'libx264', chunks: 2 },
    ],
    failures: [{ part: 'h264_nvenc', chunks: 2, reason: 'later' }],
  });
});

test('a lane for each encoder; without one the CPU takes its work; unknown, it waits', () => {
  const takes = (...from: Parameters<typeof lanesOf>) =>
    lanesOf(...from).map(({ name, takes: of, slots }) => `${name} ${slots}: ${of.join()}`);
  const slots = { cpu: 1, io: 2 };
  expect(takes(slots, undefined)).toEqual(['cpu 1: cpu', 'io 2: io']);
  expect(takes(slots, [])).toEqual(['cpu 1: cpu,gpu', 'io 2: io']);
  expect(takes(slots, [{ name: 'qsv', slots: 2 }])).toEqual([
    ...['cpu 1: cpu', 'io 2: io', 'qsv 2: gpu'],
  ]);
});
