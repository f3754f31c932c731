import HlsJs from 'hls.js';
import { HlsPlayback } from './hls-playback.js';
import { NativePlayback } from './native-playback.js';
import type { Playback, PlaybackListener, PlaybackSource } from './playback.js';

/** The best way this browser has to play HLS; undefined when it has none. */
export function openPlayback(
  video: HTMLVideoElement,
  source: PlaybackSource,
  listener: PlaybackListener,
): Playback | undefined {
  if (HlsJs.isSupported()) return new HlsPlayback(video, source, listener);
  if (video.canPlayType('application/vnd.apple.mpegurl') !== '') {
    return new NativePlayback(video, source, listener);
  }
  return undefined;
}
