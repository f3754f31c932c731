import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Jobs } from '../jobs/service.js';
import type { Layout } from '../layout.js';
import type { Library } from '../library/service.js';
import type { Store } from '../store/store.js';
import type { Quota } from './quota.js';
import type { FreeBytes } from './space.js';

/** What uploads stand on. */
export interface UploadContext {
  readonly store: Store;
  readonly library: Library;
  readonly jobs: Jobs;
  readonly layout: Layout;
  readonly clock: Clock;
  readonly log: Logger;
  /** For what comes over HTTP. */
  readonly maxBytes: number;
  readonly freeBytes: FreeBytes;
  readonly quota: Quota;
  /** Throws VALIDATION_FAILED for a notifyUrl that could never be called. */
  readonly demandTarget: (notifyUrl: string | undefined) => void;
  /** The database failed: nothing is reliable any more, the daemon has to stop and say why. */
  readonly onBroken: (error: unknown) => void;
}

/** An upload that is whole: what it became. */
export interface Accepted {
  readonly uploadId: string;
  readonly videoId: string;
  readonly jobId: string;
}

/** How long an upload may stay unfinished, and how long an ended one is remembered. */
export const uploadLifeMs = 24 * 60 * 60 * 1000;
