import { describe, expect, test } from 'vitest';
import { flawOf, trialPicture } from '../../../src/daemon/media/encoders/trial.js';
import { writeInitSegment } from '../../../src/daemon/media/fmp4/init.js';
import { encodeSample, withClip } from '../../../src/daemon/media/self-test.js';
import { crfLimits, presets } from '../../../src/shared/resolutions.js';
import { ticksPerSecond } from '../../../src/shared/time.js';
import { tools } from '../../support/worker-bench.js';

/** Key pictures where no encoder would make one by itself. */
const chunks = [
  [0, 0.4, 1],
  [1, 1.24, 2],
].map((seconds) => seconds.map((each) => Math.round(each * ticksPerSecond)));

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
