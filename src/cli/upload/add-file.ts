import type { VideoMetadata, VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';
import type { Clock } from '../deps.js';
import type { Step } from '../progress/step.js';
import { namesOfFolders } from './folder-names.js';
import { importFile } from './import-file.js';
import { findKnownVideo } from './known-video.js';
import type { LocalFile } from './local-file.js';
import { sendFile } from './send-file.js';

export interface Adding {
  readonly api: Api;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly metadata: VideoMetadata;
  /** Hard link instead of a copy, where the daemon takes the file itself. */
  readonly link: boolean;
  /** The daemon may see the same disk. */
  readonly sameMachine: boolean;
  readonly onStep: (step: Step) => void;
}

/** A file that is now in the library, and how it came there. */
export interface Added {
  readonly videoId: string;
  readonly jobId: string;
  readonly via: 'library' | 'import' | 'chunks' | 'stream';
}

/**
 * Brings a file into the library by the cheapest way: it may be there already, the daemon may take
 * it from the disk, else its bytes are sent. Acknowledged means kept.
 */
export async function addFile(file: LocalFile, adding: Adding): Promise<Added> {
  const { api, clock, signal, metadata, link, onStep } = adding;
  const moving = (name: 'comparing' | 'copying' | 'sending') => (bytes: number) =>
    onStep({ name, bytes, sizeBytes: file.sizeBytes });
  const known = await findKnownVideo(file, api, signal, moving('comparing'));
  if (known !== undefined) {
    // Whoever uploads it again wants it: what stood in the way may be gone.
    if (known.status === 'failed' || known.status === 'cancelled') await api.retry(known.jobId);
    const jobId = await jobOf(known, metadata, api);
    return { videoId: known.id, jobId, via: 'library' };
  }
  if (adding.sameMachine) {
    const way = { api, clock, signal };
    const imported = await importFile(file, { metadata, link }, way, moving('copying'));
    if (imported !== undefined) return { ...imported, via: 'import' };
  }
  const named = { ...namesOfFolders(file), ...metadata };
  const sent = await sendFile(file, named, { api, signal, onBytes: moving('sending') });
  return { ...sent, via: 'chunks' };
}

/** Its own, or one made as was said: what is made of it already stays. */
async function jobOf(
  known: VideoView,
  { resolutions, crf, preset, ladder, loudness, burnSubtitles }: VideoMetadata,
  api: Api,
): Promise<string> {
  const wanted = { resolutions, crf, preset, ladder, loudness, burnSubtitles };
  if (Object.values(wanted).every((said) => said === undefined)) return known.jobId;
  return (await api.submitJob({ videoId: known.id, ...wanted })).jobId;
}
