import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Uploads } from '../uploads/uploads.js';
import type { FolderFiles } from './folder-files.js';

export interface WatchClock extends Clock {
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What watched folders stand on. */
export interface WatchContext {
  readonly store: Pick<Store, 'watches' | 'watchedFiles' | 'transaction'>;
  readonly uploads: Pick<Uploads, 'import' | 'whenImported' | 'peek' | 'holds' | 'own'>;
  readonly clock: WatchClock;
  readonly log: Logger;
  readonly files: FolderFiles;
  /** Reads a file to its end. Throws UPLOAD_INVALID_FORMAT when it is not whole, FFMPEG_UNAVAILABLE. */
  readonly demandWhole: (path: string, signal: AbortSignal) => Promise<void>;
  /** A file's content is another: its new video takes the place of the old one, if both are one episode. */
  readonly replaceSameEpisode: (videoId: string, by: string) => boolean;
  /**
   * Makes a subtitle file tracks of a video. Throws STREAM_VIDEO_NOT_FOUND, SUBTITLE_INVALID,
   * SUBTITLE_ENCODING_UNKNOWN.
   */
  readonly attachSubtitle: (
    videoId: string,
    file: { readonly filename: string; readonly bytes: Uint8Array },
  ) => Promise<unknown>;
  /** How long a file has to stand still; longer where other machines write. */
  readonly settleSeconds: number;
  /** Our own folders: what lies there is no episode that somebody put there. */
  readonly except: readonly string[];
}
