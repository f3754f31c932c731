import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { submitJobRequest, type JobView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import { finalJobStates, jobStates, priorities } from '../../../shared/states.js';
import { accepted } from '../answer/accepted.js';
import { awaitJob, findJob } from './await-job.js';
import type { AppEnv } from '../env.js';
import { demandLocalAdmin } from '../uploads/imports.js';
import { jobEtag, jobJson, monitorAnswer } from './job-answers.js';
import { resultsAnswer, type ResultParts } from './job-results.js';
import { wishOf } from './job-wish.js';
import { readJson } from '../request/json-body.js';
import { parseInput } from '../request/parse-input.js';
import { readPrefer } from '../request/prefer.js';
import { toCamelCase, toSnakeCase } from '../request/snake-case.js';
import type { Uploads } from '../../uploads/uploads.js';

export interface JobParts extends ResultParts {
  readonly uploads: Uploads;
}

/** `status` may name several, with commas between them. */
const listQuery = z.object({
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(jobStates)))
    .optional(),
  videoId: z.string().optional(),
});
const patchRequest = z.object({ priority: z.enum(priorities) });

/** Jobs by the id of a job or of its video, in camelCase and, as `/job…`, in snake_case. */
export function jobRoutes(parts: JobParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const base of ['/jobs', '/job']) {
    app.post(base, (c) => submit(c, parts));
    app.get(base, (c) => list(c, parts));
    app.get(`${base}/:id`, (c) => follow(c, parts));
    app.patch(`${base}/:id`, async (c) => {
      const { priority } = await readJson(c, patchRequest);
      return jobJson(c, parts.jobs.setPriority(idOf(c), priority));
    });
    app.delete(`${base}/:id`, (c) => jobJson(c, parts.jobs.cancel(idOf(c))));
    app.post(`${base}/:id/pause`, (c) => jobJson(c, parts.jobs.pause(idOf(c))));
    app.post(`${base}/:id/resume`, (c) => jobJson(c, parts.jobs.resume(idOf(c))));
    app.post(`${base}/:id/retry`, (c) => jobJson(c, parts.jobs.retry(idOf(c))));
    app.get(`${base}/:id/monitor`, (c) => monitorAnswer(c, findJob(parts.jobs, idOf(c))));
    app.get(`${base}/:id/results`, (c) => resultsAnswer(c, parts, findJob(parts.jobs, idOf(c))));
  }
  app.get('/monitor/:id', (c) => monitorAnswer(c, findJob(parts.jobs, idOf(c))));
  app.get('/result/:id', (c) => resultsAnswer(c, parts, findJob(parts.jobs, idOf(c))));
  return app;
}

function idOf(c: Context<AppEnv>): string {
  return c.req.param('id') ?? '';
}

/** 202 also for what is there already: repeating a request starts nothing new. */
async function submit(c: Context<AppEnv>, parts: JobParts): Promise<Response> {
  const request = await readJson(c, submitJobRequest, toCamelCase);
  refuseWebhook(request.notifyUrl);
  const wish = wishOf(request);
  const videoId = await videoOf(c, parts, request, wish);
  const { jobId } = parts.jobs.submit({ videoId, ...wish });
  const body = { jobId, status: 'submitted' };
  return accepted(c, jobId, c.req.path.endsWith('/job') ? (toSnakeCase(body) as object) : body);
}

/** A file that is named instead of a video is imported first; known content is found, not copied. */
async function videoOf(
  c: Context<AppEnv>,
  { uploads }: JobParts,
  { videoId, sourcePath }: z.output<typeof submitJobRequest>,
  job: ReturnType<typeof wishOf>,
): Promise<string> {
  if ((videoId === undefined) === (sourcePath === undefined)) {
    throw new KdramaError('VALIDATION_FAILED', 'expected either videoId or sourcePath');
  }
  if (sourcePath === undefined) return videoId ?? '';
  demandLocalAdmin(c);
  const { ended } = await uploads.import({ path: sourcePath, link: false, metadata: {}, job });
  return (await ended).videoId;
}

/** Better no job than one whose end is never told. */
function refuseWebhook(notifyUrl: string | undefined): void {
  if (notifyUrl === undefined) return;
  throw new KdramaError('VALIDATION_FAILED', 'notifyUrl: this daemon sends no webhooks', {
    hint: 'Leave it out and follow the job at its Location.',
  });
}

function list(c: Context<AppEnv>, { jobs }: JobParts): Response {
  const { status, videoId } = parseInput(listQuery, toCamelCase(c.req.query()));
  const ofVideo = videoId === undefined ? {} : { videoId };
  const found = status
    ? status.flatMap((each) => jobs.list({ ...ofVideo, status: each }))
    : jobs.list(ofVideo);
  c.header('Cache-Control', 'no-store');
  return jobJson(c, { jobs: found });
}

/**
 * The job's view. `Prefer: wait=N` holds the answer: with `If-None-Match` until status or playable
 * differs (304 after N s), else until the job is final.
 */
async function follow(c: Context<AppEnv>, parts: JobParts): Promise<Response> {
  const { waitSeconds } = readPrefer(c.req.header('prefer'));
  const known = c.req.header('if-none-match');
  const isKnown = (job: JobView) => known?.split(/\s*,\s*/).includes(jobEtag(job)) ?? false;
  const enough = (job: JobView) =>
    known === undefined ? finalJobStates.includes(job.status) : !isKnown(job);
  const job = await awaitJob(parts, idOf(c), enough, waitSeconds, c.req.raw.signal);
  c.header('ETag', jobEtag(job));
  c.header('Cache-Control', 'no-cache');
  if (waitSeconds > 0) c.header('Preference-Applied', `wait=${waitSeconds}`);
  return isKnown(job) ? c.body(null, 304) : jobJson(c, job);
}
