import type { CommonOptions } from '../command.js';

export interface WatchOptions extends CommonOptions {
  readonly folders: readonly string[];
  readonly once: boolean;
  readonly move?: boolean;
  readonly keep?: boolean;
  readonly poll?: boolean;
  /** Seconds; only of `once`. */
  readonly timeout?: number;
}
