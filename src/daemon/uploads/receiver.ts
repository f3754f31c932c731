import type { AppendTurns } from './append-turns.js';
import type { Fronts } from './fronts.js';
import type { UploadContext } from './context.js';
import type { RangeLock } from './range-lock.js';

/** What receives ranges: the context of uploads, with the locks and hashes of those under way. */
export interface Receiver extends UploadContext {
  readonly locks: RangeLock;
  readonly turns: AppendTurns;
  readonly fronts: Fronts;
}
