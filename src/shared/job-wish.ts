import type { JobSettings, Workflow } from './contract/index.js';
import type { Priority } from './states.js';

/** Whose a thing is that nobody else owns: the admin of this machine. */
export const localOwner = 'local';

/** What a client wants the first job of a new video to be; what it leaves out is the default. */
export interface JobWish {
  readonly settings?: Partial<JobSettings>;
  readonly priority?: Priority;
  readonly jobId?: string;
  /** Is told how it ends, beside the daemon's own notify.url. */
  readonly notifyUrl?: string;
  /** The run of a workflow engine that it belongs to. */
  readonly workflow?: Workflow;
  /** Let a hardware encoder do it where one works. */
  readonly useGpu?: boolean;
  /** Id of the user who asked; absent: `localOwner`. */
  readonly owner?: string;
}
