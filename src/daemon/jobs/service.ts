import type { JobPlan, JobSettings, JobView, Workflow } from '../../shared/contract/index.js';
import type { JobWish } from '../../shared/job-wish.js';
import type { Priority } from '../../shared/states.js';
import type { JobPageQuery } from '../store/job-pages.js';

/** What the rest of the daemon may ask of jobs. Ids may be of a job or of its video. */
export interface Jobs {
  /**
   * Makes a job and its probe task for a video, or finds the one with the same settings; its
   * notifyUrl is told how that ends, at once when it has ended. Call it inside the transaction that
   * makes the video. Throws STREAM_VIDEO_NOT_FOUND; STREAM_ACCESS_DENIED where one would have to be
   * made and `onlyExisting` says no.
   */
  submit(request: JobWish & { readonly videoId: string; readonly onlyExisting?: boolean }): {
    jobId: string;
    created: boolean;
  };
  /** What asking for these of a video comes to: in a job that is there, and in a new one. */
  settingsOf(videoId: string, asked: Partial<JobSettings> | undefined): readonly JobSettings[];
  /** The import that was to become this job has failed, or was given up. */
  neverArrived(jobId: string, type: 'job.failed' | 'job.cancelled'): void;
  /** For a video's id: its newest job. Undefined when there is none of this id. */
  view(id: string): JobView | undefined;
  /** How the segments of a job stand; no renditions before it is probed. */
  plan(jobId: string): JobPlan;
  /** Of a video, newest first. */
  ofVideo(videoId: string): JobView[];
  /** Newest first, at most `limit`. */
  page(query: JobPageQuery): JobView[];
  /** Cancels what is being made of a video; resolves when nothing of it runs any more. */
  stopVideo(videoId: string): Promise<void>;
  /** Each throws TRANSCODE_JOB_NOT_FOUND, or JOB_STATE_CONFLICT where the state forbids it. */
  cancel(id: string): JobView;
  pause(id: string): JobView;
  resume(id: string): JobView;
  retry(id: string): JobView;
  setPriority(id: string, priority: Priority): JobView;
  /** What a workflow engine says of the run that the job belongs to; null: to none. */
  setWorkflow(id: string, workflow: Workflow | null): JobView;
  /** Goes on with a job that failed or was cancelled, and leaves any other as it is. */
  takeUpAgain(jobId: string): void;
  /** Who asked for what a job is already may read it, though it is another's. */
  letRead(jobId: string, reader: string): void;
  /** Whether somebody who does not own it was let read it. */
  readonly isReader: (jobId: string, who: string) => boolean;
  /** `asker` wants to be told how it ends; at once when it has ended. Throws VALIDATION_FAILED. */
  notify(jobId: string, url: string, asker: string): void;
  /**
   * A viewer waits for this segment: it is made next. Number -1 is the init segment. Returns what is to be
   * called when he waits no more: until then what is about to make it gives way to nobody.
   */
  demand(renditionId: string, number: number): (isComingBack?: boolean) => void;
  /** Somebody wants all of a rendition, which may be one that is made on demand. */
  demandWhole(renditionId: string): boolean;
}
