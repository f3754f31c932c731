import { z } from 'zod';
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
    poster: z.string().nullable(),
    streamingUrls: z.object({ hls: z.string().nullable() }),
  })
  .meta({ id: 'Video' });
export type VideoView = z.infer<typeof videoView>;

/** GET /videos. With a fingerprint only the candidates for that file. */
export const videoListQuery = z.object({ fingerprint: z.string().max(128).optional() });

export const videoList = z.object({ videos: z.array(videoView) }).meta({ id: 'Videos' });
export type VideoList = z.infer<typeof videoList>;
