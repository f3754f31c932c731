import { expect, test } from 'vitest';
import { tryCodecs } from '../../../src/daemon/media/encoders/codec-trial.js';
import { standInFfmpeg } from '../../support/stand-in-ffmpeg.js';
import { tools } from '../../support/worker-bench.js';

const on = (script: string) =>
  tryCodecs({ ...tools, ffmpeg: standInFfmpeg(script) }, ['hevc', 'av1']);
const found = await tryCodecs(tools, ['hevc', 'av1']);
const works = found.every(({ reason }) => reason === '');

test('nothing is tried where nothing is asked for', async () => {
  expect(await tryCodecs({ ...tools, ffmpeg: '/nowhere' }, [])).toEqual([]);
});

test('a codec that this ffmpeg has no encoder of is named, with the reason', async () => {
  const refuse = (name: string) =>
    `case "$*" in *${name}*) echo "Unknown encoder '${name}'" >&2; exit 1;; esac`;
  expect(await on(`${refuse('libx265')}\n${refuse('libsvtav1')}`)).toEqual([
    { codec: 'hevc', encoder: 'libx265', reason: "Unknown encoder 'libx265'" },
    { codec: 'av1', encoder: 'libsvtav1', reason: "Unknown encoder 'libsvtav1'" },
  ]);
});

const without = (option: string) => `
for word; do case "$drop$word" in ${option}) drop=x; shift; continue;; x*) drop=; shift; continue;; esac
set -- "$@" "$word"; shift; done`;
const replaced = (word: string, other: string) => `
for word; do case "$word" in ${word}) word=${other};; esac; set -- "$@" "$word"; shift; done`;

test.skipIf(!works).each([
  ['forces no key pictures', without('-force_key_frames'), /frames expected/],
  [
    'opens its groups',
    replaced('*open-gop=0*', '${word%open-gop=0*}open-gop=1') + without('-forced-idr'),
    /frames expected|key pictures/,
  ],
  ['makes another profile', replaced('main', 'main-intra'), /expected hvc1\.1\.6\.L63\.90, it/],
])('x265 that %s is not used (skipped where there is none)', async (_, fault, reason) => {
  const [hevc] = await on(fault);
  expect(hevc?.reason).toMatch(reason);
});
