import { expect, test } from 'vitest';
import type { DescribedRendition } from '../../../src/daemon/media/plan/described-rendition.js';
import { atLoudness, parseLoudness } from '../../../src/daemon/media/plan/loudness.js';

const copied: DescribedRendition = {
  ...{ name: 'audio-0', method: 'copied', reason: 'AAC-LC stereo' },
  traits: {
    ...{ kind: 'audio', stream: 1, language: 'ko', label: '한국어', isDefault: true },
    ...{ channels: 2, sampleRate: 48_000, codecs: 'mp4a.40.2', bandwidthBound: 400_000 },
  },
};
const gainAt = (measured: number | undefined, loudness: 'r128' | 'speakers') => {
  const { method, traits } = atLoudness(copied, measured, loudness);
  return [method, traits.kind === 'audio' ? traits.gainDb : undefined];
};

test('a sound is made louder or quieter by what it lacks, and encoded for that', () => {
  expect(gainAt(-30, 'r128')).toEqual(['encoded', 7]);
  expect(gainAt(-30, 'speakers')).toEqual(['encoded', 14]);
  expect(gainAt(-14, 'r128')).toEqual(['encoded', -9]);
  expect(atLoudness(copied, -30, 'r128').reason).toBe('loudness -30.0 LUFS, made -23.0');
});

test('what is not heard is left, and hiss is not made a sound', () => {
  expect(gainAt(-23.4, 'r128')).toEqual(['copied', undefined]);
  expect(gainAt(undefined, 'r128')).toEqual(['copied', undefined]);
  expect(gainAt(-60, 'r128')).toEqual(['encoded', 20]);
});

test('the loudness of all is read, not the last moment’s', () => {
  const summary = [
    '[Parsed_ebur128_1 @ 0x5577] Summary:',
    '  Integrated loudness:\n    I:         -23.4 LUFS\n    Threshold: -33.9 LUFS',
    '  Loudness range:\n    LRA:         6.6 LU\n    Threshold: -43.9 LUFS',
  ].join('\n\n');
  expect(parseLoudness(summary)).toBe(-23.4);
  expect(parseLoudness(summary.replace('-23.4', '-70.0'))).toBeUndefined();
  expect(parseLoudness('no sound')).toBeUndefined();
});
