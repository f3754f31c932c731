import { describe, expect, test } from 'vitest';
import { tryCodecs } from '../../../src/daemon/media/encoders/codec-trial.js';
import { flawOf, trialPicture } from '../../../src/daemon/media/encoders/trial.js';
import { writeInitSegment } from '../../../src/daemon/media/fmp4/init.js';
import { encodeSample, withClip } from '../../../src/daemon/media/tools/self-test.js';
import { crfLimits, presets } from '../../../src/shared/resolutions.js';
import { ticksPerSecond } from '../../../src/shared/time.js';
import { tools } from '../../support/worker-bench.js';

/** Key pictures where no encoder would make one by itself. */
const chunks = [
  [0, 0.4, 1],
  [1, 1.24, 2],
].map((seconds) => seconds.map((each) => Math.round(each * ticksPerSecond)));

const lacksAv1 = (await tryCodecs(tools, ['av1'])).some(({ reason }) => reason !== '');

test.skipIf(lacksAv1)(
  'chunks of SVT-AV1 join, whether or not each has pictures that no other needs (skipped where there is none)',
  async () => {
    const [av1] = await tryCodecs(tools, ['av1'], { crf: 51, preset: 'slower' });
    expect(av1?.reason).toBe('');
  },
);

describe('chunks of x264 join under one init segment', () => {
  test.each(presets)('at the preset %s', async (preset) => {
    await withClip(tools, trialPicture, async (clip) => {
      for (const crf of [crfLimits.lowest, crfLimits.highest]) {
        const picture = { ...trialPicture, encoder: { crf, preset } };
        const inits: Buffer[] = [];
        for (const boundaries of chunks) {
          const sample = await encodeSample({ tools, clip, picture, boundaries });
          expect(flawOf(sample)).toBeUndefined();
          inits.push(writeInitSegment(sample.moov, picture.reorderTicks));
        }
        expect(inits[1]?.equals(inits[0] as Uint8Array)).toBe(true);
      }
    });
  });
});
