import { z } from 'zod';
import { idPattern } from '../id-pattern.js';
import { jobStages, jobStates, priorities } from '../states.js';
import { burnSubtitles, ladders, loudnesses } from './job-settings.js';
import { crf, preset, resolutions } from './picture.js';
import { jobError } from './errors.js';
import { nextCursor, pageLimit } from './pages.js';
import { notifyUrl } from './notify-url.js';

/** The run of a workflow engine that a job belongs to, as that engine tells it. */
export const workflow = z
  .object({
    dagRunId: z.string().min(1).max(250),
    state: z.string().max(64).nullable().default(null),
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.infer<typeof workflow>;

/** POST /transcode/start. */
export const startTranscodeRequest = z
  .object({
    videoId: z.string().regex(idPattern),
    sourcePath: z.string().optional(),
    outputFormats: z
      .strictObject({
        hls: z
          .object({
            resolutions: resolutions.optional(),
            segmentDuration: z.number().min(2).max(12).optional(),
          })
          .default({}),
      })
      .default({ hls: {} }),
    priority: z.enum(priorities).default('normal'),
  })
  .meta({ id: 'StartTranscode' });
export type StartTranscodeRequest = z.input<typeof startTranscodeRequest>;

export const startTranscodeResponse = z
  .object({
    jobId: z.string(),
    status: z.enum(['queued', 'processing', 'failed']),
    provider: z.enum(['local', 'remote']),
  })
  .meta({ id: 'TranscodeStarted' });

export const transcodeStatus = z
  .object({
    jobId: z.string(),
    status: z.enum(['queued', 'processing', 'completed', 'failed']),
    state: z.enum(jobStates),
    progress: z.number().min(0).max(100),
    error: jobError,
    outputFiles: z
      .object({ hls: z.object({ playlist: z.string(), segments: z.array(z.string()) }) })
      .optional(),
  })
  .meta({ id: 'Transcode' });
export type TranscodeStatus = z.infer<typeof transcodeStatus>;

export const submitJobRequest = z
  .object({
    videoId: z.string().regex(idPattern).optional(),
    sourcePath: z.string().min(1).optional(),
    quality: z.enum(['low', 'medium', 'high']).optional(),
    resolutions: resolutions.optional(),
    crf: crf.optional(),
    preset: preset.optional(),
    ladder: z.enum(ladders).optional(),
    loudness: z.enum(loudnesses).optional(),
    burnSubtitles: burnSubtitles.optional(),
    jobId: z.string().regex(idPattern).optional(),
    useGpu: z.boolean().optional(),
    notifyUrl: notifyUrl.optional(),
    workflow: workflow.optional(),
    priority: z.enum(priorities).optional(),
  })
  .refine(({ quality, resolutions: named }) => quality === undefined || named === undefined, {
    path: ['resolutions'],
    message: 'expected quality or resolutions, not both',
  })
  .meta({ id: 'SubmitJob' });
export type SubmitJobRequest = z.input<typeof submitJobRequest>;

/** 202 of POST /jobs. */
export const jobAccepted = z
  .object({ jobId: z.string(), status: z.literal('submitted') })
  .meta({ id: 'JobAccepted' });
export type JobAccepted = z.infer<typeof jobAccepted>;

/** GET /jobs. `status` may name several, with commas between them. */
export const jobListQuery = z.object({
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(jobStates)))
    .optional(),
  videoId: z.string().optional(),
  limit: pageLimit,
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[A-Za-z0-9_-]{1,64}$/, 'expected a nextCursor')
    .optional(),
});

/** PATCH /jobs/:id. */
export const jobChange = z
  .object({
    priority: z.enum(priorities).optional(),
    /** null: it belongs to no run any more. */
    workflow: workflow.nullable().optional(),
  })
  .refine(({ priority, workflow: run }) => priority !== undefined || run !== undefined, {
    message: 'expected priority or workflow',
  });

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

/** `failed`: its task gave up; `waiting`: it will be made, now or after a retry. */
export const segmentStates = ['made', 'running', 'waiting', 'failed'] as const;
export type SegmentState = (typeof segmentStates)[number];

/** GET /jobs/:id/plan. Of each rendition every segment, as runs of equal states from the first on. */
export const jobPlan = z
  .object({
    jobId: z.string(),
    renditions: z.array(
      z.object({
        name: z.string(),
        runs: z.array(
          z.object({ state: z.enum(segmentStates), segments: z.number().int().min(1) }),
        ),
      }),
    ),
  })
  .meta({ id: 'JobPlan' });
export type JobPlan = z.infer<typeof jobPlan>;

export const jobList = z.object({ jobs: z.array(jobView), nextCursor }).meta({ id: 'Jobs' });
export type JobList = z.infer<typeof jobList>;

export const jobResults = z
  .object({
    jobId: z.string(),
    status: z.literal('completed'),
    outputDir: z.string().nullable(),
    files: z.object({
      playlist: z.string(),
      poster: z.string().nullable(),
      storyboard: z.string().nullable(),
      metadata: z.string(),
      subtitles: z.array(z.string()),
      mp4: z.record(z.string(), z.string()),
    }),
    minioUrls: z.record(z.string(), z.string()),
  })
  .meta({ id: 'JobResults' });
export type JobResults = z.infer<typeof jobResults>;

export const jobPending = z
  .object({
    status: z.enum(jobStates),
    progress: z.number(),
    startTime: z.iso.datetime().nullable(),
    estimatedCompletion: z.iso.datetime().nullable(),
    message: z.string(),
  })
  .meta({ id: 'JobPending' });
export type JobPending = z.infer<typeof jobPending>;
