import type { VideoView } from '../../shared/contract/index.js';
import type { Container } from './container.js';
import type { Sound, Text } from './tracks.js';

/** What goes into the file. */
export interface Contents {
  readonly video: VideoView;
  /** Name of a rendition. */
  readonly quality: string;
  /** Else it was chosen here, and what is there will do where it will not be made. */
  readonly isQualityNamed: boolean;
  readonly sounds: readonly Sound[];
  readonly texts: readonly Text[];
  readonly container: Container;
  /** What the file is called. */
  readonly name: string;
}
