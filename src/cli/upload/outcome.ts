import type { JobView, UploadLine } from '../../shared/contract/index.js';
import { stateWords, watchAddress } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import type { Added } from './add-file.js';
import type { AttachedSidecars } from './attach-sidecars.js';

/** A file that was added, and its job as last seen. */
export interface Outcome {
  /** As it was named on the command line. */
  readonly file: string;
  readonly added: Added;
  readonly job: JobView;
  readonly serverUrl: string;
  readonly subtitles: AttachedSidecars;
  /** Id of the video whose place it takes. */
  readonly replaces: string | null;
}

/** Pure: what `--json` prints of it. */
export function outcomeJson({
  file,
  added,
  job,
  serverUrl,
  subtitles,
  replaces,
}: Outcome): UploadLine {
  return {
    file,
    videoId: added.videoId,
    jobId: added.jobId,
    via: added.via,
    title: job.title,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    playable: job.playable,
    createdAt: job.createdAt,
    playableAt: job.playableAt,
    completedAt: job.completedAt,
    watchUrl: watchAddress(serverUrl, added.videoId),
    replaces,
    subtitles: [...subtitles.names],
  };
}

/** Pure: its line on stdout: id, state, name and address, with tabs between them. */
export function outcomeLine({ file, added, job, serverUrl }: Outcome): string {
  const words = added.via === 'library' ? `${stateWords(job)} (was there)` : stateWords(job);
  return [added.videoId, words, safeText(file), watchAddress(serverUrl, added.videoId)].join('\t');
}
