import type { AudioTraits, SubtitleTraits, VideoTraits } from '../../shared/renditions.js';

/** A rendition that a source gets, and why. */
export interface DescribedRendition {
  readonly name: string;
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
  readonly traits: VideoTraits | AudioTraits | SubtitleTraits;
}
