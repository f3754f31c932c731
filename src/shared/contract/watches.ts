import { z } from 'zod';
import { nextCursor, pageLimit } from './pages.js';

/** keep: the file stays where it is · move: it is removed once its video is safely in the library. */
export const watchMode = z.enum(['keep', 'move']);
export type WatchMode = z.infer<typeof watchMode>;

/**
 * waiting: not known to be whole yet · importing: its bytes are taken · added: it is a video, or subtitles of one ·
 * refused: it is none, `error` says why; looked at again when it changes · noted: subtitles that are
 * pictures, or whose video is not there.
 */
export const watchedFileStates = ['waiting', 'importing', 'added', 'refused', 'noted'] as const;
export type WatchedFileState = (typeof watchedFileStates)[number];

/** starting: not looked through yet · away: not there now, `error` says why · ended: only of `once`. */
export const watchStates = ['starting', 'watching', 'away', 'ended'] as const;
export type WatchState = (typeof watchStates)[number];

const reason = z.object({ code: z.string(), message: z.string() }).nullable();

/** POST /watches. The same folder again changes how it is watched, and is looked through at once. */
export const newWatchRequest = z
  .object({
    path: z.string().min(1).max(4096),
    mode: watchMode.optional(),
    poll: z.boolean().optional(),
    /** Until every file that is in it has ended. */
    once: z.boolean().default(false),
  })
  .meta({ id: 'NewWatch' });
export type NewWatchRequest = z.input<typeof newWatchRequest>;

export const watchView = z
  .object({
    id: z.string(),
    path: z.string(),
    mode: watchMode,
    poll: z.boolean(),
    once: z.boolean(),
    /** Who named it: a client, or config.toml. */
    origin: z.enum(['command', 'config']),
    state: z.enum(watchStates),
    error: reason,
    /** Looked through since it was last asked for, and no file waits or is taken. */
    settled: z.boolean(),
    /** How long a file has to stand still. */
    settleSeconds: z.number(),
    files: z.object({
      waiting: z.number().int(),
      importing: z.number().int(),
      added: z.number().int(),
      refused: z.number().int(),
      noted: z.number().int(),
    }),
    createdAt: z.iso.datetime(),
    /** When it was last looked through as a whole. */
    scannedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Watch' });
export type WatchView = z.infer<typeof watchView>;

export const watchList = z.object({ watches: z.array(watchView) }).meta({ id: 'Watches' });
export type WatchList = z.infer<typeof watchList>;

/** GET /watches/:id/files. The cursor is the path that was the last one. */
export const watchedFilesQuery = z.object({
  state: z.enum(watchedFileStates).optional(),
  limit: pageLimit,
  cursor: z.string().max(4096).optional(),
});

export const watchedFileView = z
  .object({
    /** Absolute. */
    path: z.string(),
    state: z.enum(watchedFileStates),
    /** That it became; it may be removed since. */
    videoId: z.string().nullable(),
    /** Why it is refused; of an added one, why its original could not be removed. */
    error: reason,
    /** Whether the last look found it. */
    present: z.boolean(),
    sizeBytes: z.number().nullable(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'WatchedFile' });
export type WatchedFileView = z.infer<typeof watchedFileView>;

export const watchedFileList = z
  .object({ files: z.array(watchedFileView), nextCursor })
  .meta({ id: 'WatchedFiles' });
export type WatchedFileList = z.infer<typeof watchedFileList>;
