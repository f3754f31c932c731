import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { describeEncoders, missingEncoders } from '../../../src/daemon/media/encoders/describe.js';
import { findEncoders } from '../../../src/daemon/media/encoders/remembered.js';
import { standInFfmpeg, standInNvenc } from '../../support/stand-in-ffmpeg.js';
import { tools } from '../../support/worker-bench.js';

const on = (ffmpeg: string) => describeEncoders({ ...tools, ffmpeg }, { platform: 'linux' });

test('each encoder is named with whether it works, and why not', async () => {
  const findings = await describeEncoders(tools);
  expect(findings.map(({ name }) => name)).toEqual([
    ...['nvenc', 'videotoolbox', 'qsv', 'amf', 'vaapi', 'v4l2m2m'],
  ]);
  for (const { works, reason } of findings) expect(works).toBe(reason === '');
  expect(await missingEncoders(tools)).toEqual([]);
});

test('an encoder counts once it has encoded frames with forced key pictures', async () => {
  const [nvenc] = await on(standInNvenc());
  expect(nvenc).toEqual({
    ...{ name: 'nvenc', codec: 'h264_nvenc', works: true, reason: '', hwaccel: 'cuda' },
  });
});

test('what decodes is tried by itself', async () => {
  const noDecoder = `case "$*" in *hwaccel*) echo 'no decoder surfaces left' >&2; exit 1;; esac`;
  const [nvenc] = await on(standInNvenc(noDecoder));
  expect(nvenc).toMatchObject({ works: true });
  expect(nvenc?.hwaccel).toBeUndefined();
});

const without = (option: string) => `
for word; do case "$drop$word" in ${option}) drop=x; shift; continue;; x*) drop=; shift; continue;; esac
set -- "$@" "$word"; shift; done`;

test.each([
  [
    'fails at its start',
    `case "$*" in *nvenc*) echo '[h264_nvenc @ 0x55] OpenEncodeSessionEx failed' >&2; exit 1;; esac`,
    'OpenEncodeSessionEx failed',
  ],
  ['does not force key pictures', without('-force_key_frames'), '19 frames expected, 31 made'],
  [
    'repeats no parameter sets',
    without('-bsf:v'),
    'it does not repeat its parameter sets at key pictures',
  ],
])('an encoder that %s is not used', async (_, fault, reason) => {
  const [nvenc] = await on(standInNvenc(fault));
  expect(nvenc).toEqual({ name: 'nvenc', codec: 'h264_nvenc', works: false, reason });
});

test.each([
  ['another profile', '-profile:v', 'main', /expected avc1\.64001e, it made avc1\.4d/],
  ['a higher level', '-level:v', '5.1', /expected avc1\.64001e, it made avc1\.640033/],
])('an encoder that makes %s is not used', async (_, option, value, reason) => {
  const replace = `
for word; do case "$last" in ${option}) word=${value};; esac; last=$word; set -- "$@" "$word"; shift; done`;
  const [nvenc] = await on(standInNvenc(`case "$*" in *nvenc*) ${replace};; esac`));
  expect(nvenc?.reason).toMatch(reason);
});

test('what worked is tried again only when ffmpeg or the driver has changed', async () => {
  const log = 'case "$*" in *nvenc*) echo tried >> "$(dirname "$0")/log";; esac';
  const ffmpeg = standInNvenc(log);
  const directory = dirname(ffmpeg);
  const look = async (driver: string) => {
    const options = { platform: 'linux', driver } as const;
    const [nvenc] = await findEncoders({ ...tools, ffmpeg }, join(directory, 'found'), options);
    expect(nvenc).toMatchObject({ works: true, hwaccel: 'cuda' });
    return (await readFile(join(directory, 'log'), 'utf8')).split('\n').length - 1;
  };
  // With and without what decodes.
  expect(await look('550')).toBe(2);
  expect(await look('550')).toBe(2);
  expect(await look('570')).toBe(4);
});

test('what every transcode needs is tried as well', async () => {
  const ffmpeg = standInFfmpeg(`case "$*" in *aac*) exit 1;; esac`);
  expect(await missingEncoders({ ...tools, ffmpeg })).toEqual(['aac']);
});
