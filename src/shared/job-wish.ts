import type { JobSettings, VideoMetadata, Workflow } from './contract/index.js';
import { ladderOf } from './resolutions.js';
import type { Priority } from './states.js';

/** Whose a thing is that nobody else owns: the admin of this machine. */
export const localOwner = 'local';

type SaidOfJob = Pick<
  VideoMetadata,
  'resolutions' | 'crf' | 'preset' | 'ladder' | 'loudness' | 'burnSubtitles'
>;

/** Pure: the settings of a job that is spoken of in these words; only those that are said. */
export function settingsIn({
  resolutions,
  crf,
  preset,
  ladder,
  loudness,
  burnSubtitles,
}: SaidOfJob): Partial<JobSettings> {
  return {
    ...(resolutions && ladderOf(resolutions)),
    ...(crf !== undefined && { crf }),
    ...(preset && { preset }),
    ...(ladder && { ladder }),
    ...(loudness && { loudness }),
    ...(burnSubtitles && { burnSubtitles }),
  };
}

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
