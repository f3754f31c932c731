import { safeText } from '../output/safe-text.js';
import type { Check } from './check.js';

/** What is known of one ffmpeg with its ffprobe; the daemon describes its candidates like this. */
export interface FfmpegCandidate {
  readonly origin: string;
  readonly ffmpeg: string;
  readonly version: string | undefined;
  readonly works: boolean;
  /** Why it is not used. */
  readonly reason: string;
}

/** Pure: which pair is used and why, from candidates that come best first. */
export function checkFfmpeg([best, ...others]: readonly FfmpegCandidate[]): Check {
  if (best?.works === true) {
    const rest = others.map((each) => `; not ${describe(each)}`).join('');
    return { name: 'ffmpeg', level: 'ok', message: `${describe(best)}${rest}` };
  }
  const reasons = [best, ...others].flatMap((each) => each?.reason ?? []);
  return {
    name: 'ffmpeg',
    level: 'fail',
    message: safeText(reasons.join('; ') || 'none was found'),
    advice:
      'Install ffmpeg 5.1 or newer (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg).',
  };
}

function describe({ origin, ffmpeg, version, works, reason }: FfmpegCandidate): string {
  const name = `${version ?? 'unknown'} (${origin}: ${ffmpeg})`;
  return safeText(works ? name : `${name}: ${reason}`);
}
