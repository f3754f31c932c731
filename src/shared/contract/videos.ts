import { z } from 'zod';
import { idPattern } from '../id-pattern.js';
import { nextCursor, pageLimit } from './pages.js';
import { jobStates } from '../states.js';
import { jobError } from './errors.js';

export const videoView = z
  .object({
    id: z.string(),
    title: z.string(),
    /** `""` when unknown. */
    series: z.string(),
    season: z.number().nullable(),
    /** 0 when unknown or a special: see `episodeKnown`. */
    episode: z.number(),
    episodeKnown: z.boolean(),
    description: z.string(),
    filename: z.string(),
    sizeBytes: z.number(),
    /** Whether the uploaded file is still there; else what is made of it stands for it. */
    sourceKept: z.boolean(),
    sha256: z.string(),
    createdAt: z.iso.datetime(),
    /** Seconds; 0 until probed. */
    duration: z.number(),
    availableQualities: z.array(z.string()),
    playable: z.boolean(),
    status: z.enum(jobStates),
    progress: z.number(),
    /** Why it was not made, for those who may not see its job; `null` while all is well. */
    error: jobError,
    jobId: z.string(),
    /** Id of the video that takes its place once that is ready. */
    replacedBy: z.string().nullable(),
    poster: z.string().nullable(),
    /** WebVTT that names parts of sheets of small pictures; `null` until they are made. */
    storyboard: z.string().nullable(),
    streamingUrls: z.object({
      hls: z.string().nullable(),
      /** One file, of the best H.264 unless `quality` is added; `null` until all that is made of it is there, and where it is made on demand. */
      mp4: z.string().nullable(),
    }),
  })
  .meta({ id: 'Video' });
export type VideoView = z.infer<typeof videoView>;

export const chapterView = z
  .object({
    /** Seconds. */
    start: z.number(),
    end: z.number(),
    title: z.string(),
  })
  .meta({ id: 'Chapter' });
export type ChapterView = z.infer<typeof chapterView>;

export const soundView = z
  .object({
    /** Of its rendition, as `/stream/ID?audio=` takes it. */
    name: z.string(),
    /** BCP 47, `und` when unknown. */
    language: z.string(),
    /** What menus call it. */
    label: z.string(),
    channels: z.number().int(),
  })
  .meta({ id: 'Sound' });
export type SoundView = z.infer<typeof soundView>;

/** What is told of one video and not in lists. */
export const videoDetails = videoView
  .extend({
    /** The one that plays unless someone chooses stands first; none until it is planned. */
    sounds: z.array(soundView),
    /** Those that its file names, in order. */
    chapters: z.array(chapterView),
  })
  .meta({ id: 'VideoDetails' });
export type VideoDetails = z.infer<typeof videoDetails>;

/** GET /videos. With a fingerprint only the candidates for that file, all of them. */
export const videoListQuery = z.object({
  /** Words, of which each must begin one of title, series or file name. */
  query: z.string().max(200).optional(),
  series: z.string().max(500).optional(),
  fingerprint: z.string().max(128).optional(),
  limit: pageLimit,
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'expected a nextCursor')
    .optional(),
});

/** PATCH /videos/:id. What is left out stays; null: not known. */
export const videoChange = z
  .object({
    title: z.string().min(1).max(500).optional(),
    series: z.string().max(500).optional(),
    season: z.number().int().min(0).max(10_000).nullable().optional(),
    episode: z.number().int().min(0).max(100_000).nullable().optional(),
    description: z.string().max(10_000).optional(),
  })
  .meta({ id: 'VideoChange' });
export type VideoChange = z.infer<typeof videoChange>;

/** PUT /videos/:id/replacement. */
export const replacement = z
  .object({
    /** Of another file of the same episode. */
    videoId: z.string().regex(idPattern),
  })
  .meta({ id: 'Replacement' });
export type ReplacementRequest = z.infer<typeof replacement>;

/** GET /series. The cursor is the name that was the last one. */
export const seriesQuery = z.object({
  limit: pageLimit,
  cursor: z.string().max(2048).optional(),
});
export const seriesList = z
  .object({
    series: z.array(
      z.object({ series: z.string(), videos: z.number().int(), newestAt: z.iso.datetime() }),
    ),
    nextCursor,
  })
  .meta({ id: 'SeriesList' });
export type SeriesList = z.infer<typeof seriesList>;

export const videoList = z
  .object({ videos: z.array(videoView), nextCursor })
  .meta({ id: 'Videos' });
export type VideoList = z.infer<typeof videoList>;
