import { inputArguments } from '../ffmpeg/input.js';
import { mix } from './downmix.js';

export interface LoudnessRequest {
  readonly path: string;
  readonly stream: number;
  /** Of the track in the source, and of the rendition. */
  readonly sourceChannels: number;
  readonly channels: number;
}

/** Says at its end, on stderr, how loud all of a track is as its rendition will be, in LUFS. */
export function loudnessArguments(request: LoudnessRequest): string[] {
  const { path, stream, sourceChannels, channels } = request;
  // The lines of each tenth of a second go where nobody reads them.
  const filter = [...mix(sourceChannels, channels), 'ebur128=framelog=verbose'].join(',');
  return [
    ...['-v', 'info', '-hide_banner', '-nostats', '-nostdin', ...inputArguments(path)],
    ...['-map', `0:${stream}`, '-af', filter, '-f', 'null', '-'],
  ];
}
