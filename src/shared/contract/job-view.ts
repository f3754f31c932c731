import { z } from 'zod';
import { jobStages, jobStates, priorities } from '../states.js';
import { jobError } from './errors.js';
import { ladders } from './job-settings.js';
import { workflow } from './workflow.js';

/** One rendition in a job's view. `reason` says in words why it is copied or encoded. */
export const renditionView = z
  .object({
    name: z.string(),
    kind: z.enum(['video', 'audio', 'subtitle']),
    method: z.enum(['copied', 'encoded']),
    reason: z.string(),
    /** It is made where someone asks for it: its missing segments are no unfinished work. */
    onDemand: z.boolean(),
    segments: z.number().int().min(0),
    segmentsDone: z.number().int().min(0),
    bytes: z.number(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    language: z.string().nullable(),
    /** How its encoder is set; null of what is copied, and of sound and text. */
    encoder: z
      .object({
        crf: z.number(),
        preset: z.string(),
        /** Its ceiling in bits per second. */
        maxBitRate: z.number(),
      })
      .nullable(),
  })
  .meta({ id: 'Rendition' });
export type RenditionView = z.infer<typeof renditionView>;

/** What encoded the chunks of a job that asked for hardware, as ffmpeg names it. */
export const jobEncoding = z
  .object({
    encoders: z.array(z.object({ name: z.string(), chunks: z.number().int().min(1) })),
    /** What of the hardware did not do its part: in how many chunks, and why the last time. */
    failures: z.array(
      z.object({ part: z.string(), chunks: z.number().int().min(1), reason: z.string() }),
    ),
  })
  .meta({ id: 'Encoding' });
export type JobEncoding = z.infer<typeof jobEncoding>;

/** A part of a job that did not come out and is tried again by itself. */
export const jobSetback = z
  .object({
    /** Which part, and why it failed the last time. */
    message: z.string(),
    /** How often it has failed, of `attempts`: then it is given up. */
    failures: z.number().int().min(1),
    attempts: z.number().int().min(1),
    /** null: as soon as it is its turn, or right now. */
    nextTry: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Setback' });
export type JobSetback = z.infer<typeof jobSetback>;

export const jobView = z
  .object({
    jobId: z.string(),
    videoId: z.string(),
    title: z.string(),
    status: z.enum(jobStates),
    stage: z.enum(jobStages),
    progress: z.number().min(0).max(100),
    /** Encoded media seconds per second of the last half minute; null when nothing is being made. */
    speed: z.number().nullable(),
    playable: z.boolean(),
    priority: z.enum(priorities),
    createdAt: z.iso.datetime(),
    startTime: z.iso.datetime().nullable(),
    playableAt: z.iso.datetime().nullable(),
    completedAt: z.iso.datetime().nullable(),
    estimatedCompletion: z.iso.datetime().nullable(),
    error: jobError,
    workflow: workflow.nullable(),
    /** Id of the user who asked for it; `local`: the admin of this machine. */
    owner: z.string(),
    /** That a hardware encoder was asked for; without a working one the CPU encodes all the same. */
    useGpu: z.boolean(),
    /** null until a chunk was made for which hardware was asked for. */
    encoding: jobEncoding.nullable(),
    /** Of several the one that has failed most often; null when nothing went wrong, or it is made by now. */
    setback: jobSetback.nullable(),
    ladder: z.enum(ladders),
    renditions: z.array(renditionView),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof jobView>;
