import type { KeepSource, Ladder } from '../../shared/contract/index.js';
import type { CommonOptions } from '../command.js';

/** What `kdrama upload` was asked to do. */
export interface UploadOptions extends CommonOptions {
  readonly files: readonly string[];
  readonly filesFrom?: string;
  readonly null: boolean;
  readonly wait?: 'playable' | 'ready';
  readonly timeout?: number;
  readonly title?: string;
  readonly series?: string;
  readonly season?: number;
  readonly episode?: number;
  readonly ladder?: Ladder;
  readonly keepSource?: KeepSource;
  readonly link: boolean;
  readonly via: 'auto' | 'http';
  readonly progress: 'auto' | 'plain';
}
