import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Stalled } from '../../../src/daemon/media/ffmpeg/stall.js';
import { standInFfmpeg } from '../../support/stand-in-ffmpeg.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { workOn } from '../../support/worker-bench.js';

/** Everything of it must be encoded. */
const clip: Clip = {
  ...{ seconds: 3, size: '160x90', framesPerSecond: 24, picture: 'testsrc2' },
  videoOptions: ['-c:v', 'mpeg4'],
  audioOptions: ['-c:a', 'ac3'],
  audio: [{ language: 'kor', title: 'Sound' }],
  subtitles: [],
};

/** Begins, says that it is at 0.5 s for ever, and what is wrong. */
const hangs = `
echo started >> "$(dirname "$0")/starts"
echo 'the disk does not answer' >&2
while :; do printf 'out_time_us=500000\\nprogress=continue\\n'; sleep 0.05; done`;

test.each([
  ['encode', '360p'],
  ['audio', 'audio-0'],
] as const)('a hung ffmpeg is ended once, and its last words are told: %s', async (kind, name) => {
  const ffmpeg = standInFfmpeg(hangs);
  const work = await workOn(await makeClip(clip), { ffmpeg, stallMs: 240 });
  const error: unknown = await work.run(kind, [name]).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'TRANSCODE_FAILED',
    message:
      'Video transcoding failed: ffmpeg hung: its output stood still for 0.24 s, ' +
      '0.5 s into its work, so it was ended; it said: the disk does not answer',
    cause: expect.any(Stalled),
  });
  // The exact seek, which mends a quick one, does not mend this.
  expect(await readFile(join(dirname(ffmpeg), 'starts'), 'utf8')).toBe('started\n');
  await work.close();
});
