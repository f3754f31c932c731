import type { Fronts } from './fronts.js';
import type { UploadParts } from './parts.js';
import type { RangeLock } from './range-lock.js';

/** What receives ranges: the parts of uploads with the locks and hashes of those under way. */
export interface Receiver extends UploadParts {
  readonly locks: RangeLock;
  readonly fronts: Fronts;
}
