import type { KeepSource, Ladder, Loudness } from '../../shared/contract/index.js';
import type { Preset } from '../../shared/resolutions.js';
import type { CommonOptions } from '../command.js';

/** What `kdrama upload` was asked to do. */
export interface UploadOptions extends CommonOptions {
  readonly files: readonly string[];
  /** The options as words, for the command that goes on with what was left. */
  readonly again: readonly string[];
  readonly filesFrom?: string;
  readonly null: boolean;
  readonly wait?: 'playable' | 'ready';
  readonly timeout?: number;
  /** Of the file that comes from standard input. */
  readonly name?: string;
  readonly title?: string;
  readonly series?: string;
  readonly season?: number;
  readonly episode?: number;
  /** A JSON or .nfo file. */
  readonly metadata?: string;
  readonly resolutions?: string[];
  readonly crf?: number;
  readonly preset?: Preset;
  readonly ladder?: Ladder;
  readonly loudness?: Loudness;
  readonly burnSubtitles?: string;
  readonly keepSource?: KeepSource;
  /** In the place of another file of the same episode. */
  readonly replace: boolean;
  /** Those beside a video are added to it. */
  readonly subtitles: boolean;
  readonly link: boolean;
  readonly via: 'auto' | 'http';
  readonly progress: 'auto' | 'plain';
}
