import { KdramaError } from '../../shared/errors.js';
import { finalJobStates } from '../../shared/states.js';
import { isPlainName } from '../../shared/resolutions.js';
import type { VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';
import type { Deps } from '../deps.js';
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
  deps: Pick<Deps, 'clock' | 'signal'>,
): Promise<Chosen> {
  const video = await plannedVideo(id, api, deps);
  const known = await api.subtitles(id);
  const best = video.availableQualities.find(isPlainName) ?? video.availableQualities[0];
  if (best === undefined) throw new KdramaError('STREAM_NOT_READY', reasonOf(video));
  if (!('sounds' in video)) {
    throw new KdramaError('DAEMON_INCOMPATIBLE', 'the daemon is too old to export from');
  }
  return {
    ...{ video, quality: quality ?? best, isQualityNamed: quality !== undefined, container },
    leftOut: leftOutOf(known, subtitles),
    sounds: soundsNamed(video.sounds, audio),
    texts: textsNamed(known, subtitles),
    name: output === '-' ? 'standard output' : output,
  };
}

const lookAgainMs = 500;

/** Once it is known what it has, which takes a moment; or when that does not come by itself. */
async function plannedVideo(
  id: string,
  api: Pick<Api, 'video'>,
  { clock, signal }: Pick<Deps, 'clock' | 'signal'>,
): ReturnType<Api['video']> {
  for (;;) {
    const video = await api.video(id);
    const isPlanned = video.availableQualities.length > 0;
    if (isPlanned || video.status === 'paused' || finalJobStates.includes(video.status)) {
      return video;
    }
    await clock.sleep(lookAgainMs, signal);
  }
}

function reasonOf({ status, error }: VideoView): string {
  return error?.message ?? `its job is ${status}`;
}

export function leftOutWords({ label, format }: LeftOut): string {
  return `Left out: the subtitles ${safeText(label)}, which are no text (${safeText(format)}).`;
}
