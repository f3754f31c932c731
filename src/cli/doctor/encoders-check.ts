import { safeText } from '../output/safe-text.js';
import type { Check } from './check.js';

/** What the daemon found out about a hardware encoder. */
export interface EncoderFinding {
  /** As ffmpeg lists it. */
  readonly codec: string;
  readonly works: boolean;
  /** What decodes beside it; absent: the CPU. */
  readonly hwaccel?: string;
  /** Why it is not used. */
  readonly reason: string;
}

/** Pure: the encoders that every transcode needs, by those of them that do not work. */
export function checkNeededEncoders(needed: readonly string[], missing: readonly string[]): Check {
  const name = 'encoders';
  if (missing.length === 0) {
    return { name, level: 'ok', message: `${needed.join(' and ')} work` };
  }
  return {
    name,
    level: 'fail',
    message: `${missing.join(' and ')} cannot encode`,
    advice: 'Install an ffmpeg with libx264, or name one: kdrama config set ffmpeg.path FILE',
  };
}

/** Pure: each hardware encoder with the reason why not. None has to work: then the CPU encodes. */
export function checkHardwareEncoder({ codec, works, hwaccel, reason }: EncoderFinding): Check {
  const decoding = hwaccel === undefined ? 'the CPU decodes' : `${hwaccel} decodes`;
  const message = works ? `${codec} works; ${decoding}` : `${codec} is not used: ${reason}`;
  return { name: 'hardware', level: 'ok', message: safeText(message) };
}
