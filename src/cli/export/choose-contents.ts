import { KdramaError } from '../../shared/errors.js';
import { isPlainName } from '../../shared/resolutions.js';
import type { Api } from '../api/client.js';
import { safeText } from '../output/safe-text.js';
import type { Container } from './container.js';
import type { Contents } from './contents.js';
import { leftOutOf, soundsNamed, textsNamed, type LeftOut } from './tracks.js';

export interface Wish {
  /** A path; `-`: standard output. */
  readonly output: string;
  /** Name of a rendition; undefined: the best H.264. */
  readonly quality?: string;
  /** As `chooseTracks` reads it. */
  readonly audio: string;
  readonly subtitles: string;
  readonly container: Container;
}

export interface Chosen extends Contents {
  /** What was wanted and cannot be written. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * What of a video is written. Throws STREAM_VIDEO_NOT_FOUND, STREAM_NOT_READY (nobody knows yet what it has),
 * NOT_FOUND, DAEMON_INCOMPATIBLE.
 */
export async function chooseContents(
  id: string,
  { output, quality, audio, subtitles, container }: Wish,
  api: Pick<Api, 'video' | 'subtitles'>,
): Promise<Chosen> {
  const [video, known] = await Promise.all([api.video(id), api.subtitles(id)]);
  const best = video.availableQualities.find(isPlainName) ?? video.availableQualities[0];
  if (best === undefined) {
    throw new KdramaError('STREAM_NOT_READY', 'the video is still being looked at');
  }
  if (!('sounds' in video)) {
    throw new KdramaError('DAEMON_INCOMPATIBLE', 'the daemon is too old to export from');
  }
  return {
    ...{ video, quality: quality ?? best, container, leftOut: leftOutOf(known, subtitles) },
    sounds: soundsNamed(video.sounds, audio),
    texts: textsNamed(known, subtitles),
    name: output === '-' ? 'standard output' : output,
  };
}

export function leftOutWords({ label, format }: LeftOut): string {
  return `Left out: the subtitles ${safeText(label)}, which are no text (${safeText(format)}).`;
}
