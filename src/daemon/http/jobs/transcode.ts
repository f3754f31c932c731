import { Hono, type Context } from 'hono';
import type { JobSettings, JobView, TranscodeStatus } from '../../../shared/contract/index.js';
import type { Input } from '../../../shared/contract/operation.js';
import { startTranscode, transcodeState } from '../../../shared/contract/operations/transcode.js';
import { KdramaError } from '../../../shared/errors.js';
import { ladderOf } from '../../../shared/resolutions.js';
import type { JobState } from '../../../shared/states.js';
import { outputsOf, segmentPathsOf } from '../../library/outputs.js';
import { accepted } from '../answer/accepted.js';
import { endpoint } from '../endpoint.js';
import { awaitProbe } from './await-probe.js';
import { findJob, submitterOf } from './own-job.js';
import { ownerOf } from '../uploads/own-upload.js';
import type { AppEnv } from '../env.js';
import { demandLocalAdmin } from '../uploads/imports.js';
import type { JobParts } from './jobs.js';
import { applied, readPrefer } from '../request/prefer.js';

export interface TranscodeParts extends JobParts {
  /** Whether there is an ffmpeg that works. */
  readonly canTranscode: () => Promise<boolean>;
}

type StartTranscode = Input<typeof startTranscode>['body'];

/** The jobs in the words of the transcode interface: four states, the exact one in `state`. */
const statusOf = {
  submitted: 'queued',
  queued: 'queued',
  paused: 'queued',
  processing: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<JobState, TranscodeStatus['status']>;

export function transcodeRoutes(parts: TranscodeParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, startTranscode, (c, { body }) => start(c, parts, body));
  endpoint(app, transcodeState, (c, { params }) => {
    c.header('Cache-Control', 'no-store');
    return c.json(statusView(c, parts, findJob(c, parts.jobs, params.id)));
  });
  return app;
}

async function start(
  c: Context<AppEnv>,
  parts: TranscodeParts,
  request: StartTranscode,
): Promise<Response> {
  if (!(await parts.canTranscode())) {
    throw new KdramaError('TRANSCODE_FAILED', 'no working ffmpeg 5.1 or newer was found', {
      hint: 'Install ffmpeg and run "kdrama doctor".',
    });
  }
  const jobId = await jobOf(c, parts, request);
  const status = statusOf[parts.jobs.view(jobId)?.status ?? 'submitted'];
  const { respondAsync } = readPrefer(c.req.header('prefer'));
  if (respondAsync) applied(c, 'respond-async');
  // A start has three answers; a job that is ready already was started long ago.
  const body = { jobId, status: status === 'completed' ? 'processing' : status, provider: 'local' };
  return accepted(c, jobId, body, respondAsync ? 202 : 200);
}

function settingsOf({ outputFormats: { hls } }: StartTranscode): Partial<JobSettings> {
  const { resolutions, segmentDuration } = hls;
  return {
    ...(resolutions && ladderOf(resolutions)),
    ...(segmentDuration && { segmentDurationSeconds: segmentDuration }),
  };
}

/** A video keeps its own source; an admin on this machine may make a new one from a path. */
async function jobOf(
  c: Context<AppEnv>,
  parts: TranscodeParts,
  request: StartTranscode,
): Promise<string> {
  const { store, layout, uploads, jobs } = parts;
  const { videoId, sourcePath, priority } = request;
  const wish = { settings: settingsOf(request), priority };
  const isKnown = store.videos.find(videoId) !== undefined;
  // When asked again, the video may have become what the path named.
  const ownPaths = [layout.source(videoId), store.uploads.find(videoId)?.importFrom?.path];
  if (sourcePath === undefined || (isKnown && ownPaths.includes(sourcePath))) {
    await awaitProbe(parts, videoId, wish.settings, c.req.raw.signal);
    return jobs.submit({ videoId, ...wish, ...submitterOf(c, store, videoId) }).jobId;
  }
  demandLocalAdmin(c);
  if (isKnown) {
    throw new KdramaError('VALIDATION_FAILED', `sourcePath: video ${videoId} has its own source`);
  }
  return uploads.promiseJob({ id: videoId, path: sourcePath, wish, ...ownerOf(c) });
}

function statusView(c: Context<AppEnv>, parts: TranscodeParts, job: JobView): TranscodeStatus {
  const { jobId, status: state, progress } = job;
  const cancelled = { code: 'JOB_CANCELLED', message: 'This job was cancelled' };
  return {
    jobId,
    status: statusOf[state],
    state,
    progress,
    error: state === 'cancelled' ? cancelled : job.error,
    ...(state === 'completed' && { outputFiles: { hls: filesOf(c, parts, job) } }),
  };
}

function filesOf(c: Context<AppEnv>, { store, catalogue }: TranscodeParts, job: JobView) {
  const { video } = catalogue.get(job.videoId);
  const planId = store.jobs.find(job.jobId)?.planId ?? null;
  const at = (path: string) => `${c.get('prefix')}${path}`;
  return {
    playlist: at(outputsOf(store, video, planId).playlist),
    segments: segmentPathsOf(store, video, planId).map(at),
  };
}
