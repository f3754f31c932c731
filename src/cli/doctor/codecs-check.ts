import { safeText } from '../output/safe-text.js';
import type { Check } from './check.js';

/** What was found out about an encoder of another codec than H.264. */
export interface CodecFinding {
  readonly codec: 'hevc' | 'av1';
  /** As ffmpeg lists it. */
  readonly encoder: string;
  /** Why it does not work; '' when it does. */
  readonly reason: string;
}

/** Pure: whether rungs in this codec are made. Nobody gets any who does not ask. */
export function checkCodec({ codec, encoder, reason }: CodecFinding): Check {
  const message =
    reason === ''
      ? `${encoder} works: resolutions like 720p-${codec} can be asked for`
      : `${encoder} does not work, resolutions like 720p-${codec} are left out: ${reason}`;
  return { name: 'codecs', level: 'ok', message: safeText(message) };
}
