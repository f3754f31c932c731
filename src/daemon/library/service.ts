import type { FileIdentity, VideoMetadata } from '../../shared/contract/index.js';
import type { JobWish } from '../../shared/job-wish.js';

/** A whole file that lies at `layout.source(id)`, verified and synced. */
export interface NewVideo {
  readonly id: string;
  readonly filename: string;
  /** Where the file lay, if that is known: its folders may bear the names of series and season. */
  readonly folder?: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly fingerprint: string;
  /** Only for a hard link. */
  readonly identity: FileIdentity | null;
  readonly metadata: VideoMetadata;
  /** Id of the user who adds it; absent: the admin of this machine. */
  readonly owner?: string;
  /** What its first job is to be; absent: the defaults. */
  readonly job?: JobWish;
}

export interface Library {
  /**
   * One transaction makes the video, its job and the probe task. Content that is known already
   * makes nothing: the answer names the video that has it and its job, `created: false`, and the
   * caller removes its copy. `also` runs inside the same transaction.
   */
  add(
    video: NewVideo,
    also?: (added: { videoId: string; jobId: string }) => void,
  ): { videoId: string; jobId: string; created: boolean };
}
