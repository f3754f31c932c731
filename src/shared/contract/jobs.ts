import { z } from 'zod';
import { idPattern } from '../id-pattern.js';
import { jobStates, priorities } from '../states.js';
import { burnSubtitles, ladders, loudnesses } from './job-settings.js';
import { crf, preset, resolutions } from './picture.js';
import { jobError } from './errors.js';
import { jobView } from './job-view.js';
import { workflow } from './workflow.js';
import { nextCursor, pageLimit } from './pages.js';
import { notifyUrl } from './notify-url.js';

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
