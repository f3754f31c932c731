import type { JobSettings } from './contract/index.js';
import type { Priority } from './states.js';

/** What a client wants the first job of a new video to be; what it leaves out is the default. */
export interface JobWish {
  readonly settings?: Partial<JobSettings>;
  readonly priority?: Priority;
  readonly jobId?: string;
}
