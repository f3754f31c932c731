import { Hono, type Context } from 'hono';
import type { JobAccepted, JobList, JobView } from '../../../shared/contract/index.js';
import type { Input } from '../../../shared/contract/operation.js';
import {
  cancelJob,
  changeJob,
  followJob,
  listJobs,
  monitorJob,
  pauseJob,
  planOfJob,
  resultsOfJob,
  resumeJob,
  retryJob,
  submitJob,
} from '../../../shared/contract/operations/jobs.js';
import { KdramaError } from '../../../shared/errors.js';
import { finalJobStates } from '../../../shared/states.js';
import { accepted } from '../answer/accepted.js';
import { endpoint } from '../endpoint.js';
import { awaitJob } from './await-job.js';
import { awaitProbe } from './await-probe.js';
import type { AppEnv } from '../env.js';
import { demandLocalAdmin } from '../uploads/imports.js';
import { ownerOf } from '../uploads/own-upload.js';
import { inWordsOf, jobEtag, jobJson, monitorAnswer } from './job-answers.js';
import { resultsAnswer, type ResultParts } from './job-results.js';
import { wishOf } from './job-wish.js';
import { findJob, findOwnJob, submitterOf } from './own-job.js';
import { applied, readPrefer } from '../request/prefer.js';
import type { Services } from '../../services.js';
import type { Uploads } from '../../uploads/uploads.js';
import type { Jobs } from '../../jobs/service.js';

type SubmitJob = Input<typeof submitJob>['body'];

export interface JobParts extends ResultParts {
  readonly uploads: Uploads;
  readonly webhooks: Pick<Services['webhooks'], 'demandTarget'>;
}

/** Jobs by the id of a job or of its video, in camelCase and, as `/job…`, in snake_case. */
export function jobRoutes(parts: JobParts): Hono<AppEnv> {
  const { jobs } = parts;
  const app = new Hono<AppEnv>();
  const own = (c: Context<AppEnv>, id: string) => findOwnJob(c, jobs, id);
  const readable = (c: Context<AppEnv>, id: string) => findJob(c, jobs, id);
  endpoint(app, submitJob, (c, { body }) => submit(c, parts, body));
  endpoint(app, listJobs, (c, { query }) => list(c, parts, query));
  endpoint(app, followJob, (c, { params }) => follow(c, parts, params.id));
  endpoint(app, changeJob, (c, { params, body }) =>
    jobJson(c, change(c, jobs, own(c, params.id), body)),
  );
  endpoint(app, cancelJob, async (c, { params }) =>
    jobJson(c, await cancel(parts, own(c, params.id))),
  );
  endpoint(app, pauseJob, (c, { params }) => jobJson(c, jobs.pause(own(c, params.id).jobId)));
  endpoint(app, resumeJob, (c, { params }) => jobJson(c, jobs.resume(own(c, params.id).jobId)));
  endpoint(app, retryJob, (c, { params }) => jobJson(c, jobs.retry(own(c, params.id).jobId)));
  endpoint(app, planOfJob, (c, { params }) => {
    c.header('Cache-Control', 'no-store');
    return jobJson(c, jobs.plan(own(c, params.id).jobId));
  });
  endpoint(app, monitorJob, async (c, { params }) =>
    monitorAnswer(c, await awaitEnd(c, parts, readable(c, params.id))),
  );
  endpoint(app, resultsOfJob, async (c, { params }) =>
    resultsAnswer(c, parts, await awaitEnd(c, parts, readable(c, params.id))),
  );
  return app;
}

/** 202 also for what is there already: repeating a request starts nothing new. */
async function submit(c: Context<AppEnv>, parts: JobParts, request: SubmitJob): Promise<Response> {
  parts.webhooks.demandTarget(request.notifyUrl);
  if (readPrefer(c.req.header('prefer')).respondAsync) applied(c, 'respond-async');
  const jobId = await jobOf(c, parts, request);
  const body: JobAccepted = { jobId, status: 'submitted' };
  return accepted(c, jobId, inWordsOf(c, body));
}

/** The job of a video, or the one that a file on this machine will become. */
async function jobOf(
  c: Context<AppEnv>,
  parts: JobParts,
  { videoId, sourcePath, ...request }: SubmitJob,
): Promise<string> {
  const { jobs, uploads, store } = parts;
  const wish = wishOf(request);
  if (videoId !== undefined && sourcePath === undefined) {
    await awaitProbe(parts, videoId, wish.settings, c.req.raw.signal);
    return jobs.submit({ videoId, ...wish, ...submitterOf(c, store, videoId) }).jobId;
  }
  if (sourcePath === undefined || videoId !== undefined) {
    throw new KdramaError('VALIDATION_FAILED', 'expected either videoId or sourcePath');
  }
  demandLocalAdmin(c);
  return uploads.promiseJob({ path: sourcePath, wish, ...ownerOf(c) });
}

/** Until its file is here, a job is an import: then that ends. */
async function cancel({ jobs, uploads }: JobParts, job: JobView): Promise<JobView> {
  const isBroken = await uploads.breakPromise(job.jobId);
  const arriving = isBroken ? jobs.view(job.jobId) : undefined;
  return arriving ?? jobs.cancel(job.jobId);
}

/** A workflow engine's key says how its run goes, and moves no job before others. */
function change(
  c: Context<AppEnv>,
  jobs: Jobs,
  job: JobView,
  { priority, workflow }: Input<typeof changeJob>['body'],
): JobView {
  const scopes = c.get('viewer')?.apiKey?.scopes;
  if (priority !== undefined && scopes && !scopes.includes('jobs')) {
    const detail = 'expected an API key with scope jobs for priority';
    throw new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', detail);
  }
  const moved = priority === undefined ? job : jobs.setPriority(job.jobId, priority);
  return workflow === undefined ? moved : jobs.setWorkflow(job.jobId, workflow);
}

function list(
  c: Context<AppEnv>,
  { jobs }: JobParts,
  { status = [], videoId, limit, cursor }: Input<typeof listJobs>['query'],
): Response {
  const viewer = c.get('viewer');
  const reader = viewer?.role === 'admin' ? null : (viewer?.id ?? '');
  const after = cursor === undefined ? null : jobCursor(cursor);
  const found = jobs.page({
    ...{ states: status, videoId: videoId ?? null, reader, after },
    limit: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const nextCursor = last ? `${Date.parse(last.createdAt)}.${last.jobId}` : null;
  c.header('Cache-Control', 'no-store');
  return jobJson(c, { jobs: shown, nextCursor } satisfies JobList);
}

/** `TIME.ID` of the last job that was shown; the query's schema has checked it. */
function jobCursor(cursor: string) {
  const dot = cursor.indexOf('.');
  return { createdAt: Number(cursor.slice(0, dot)), id: cursor.slice(dot + 1) };
}

/**
 * The job's view. `Prefer: wait=N` holds the answer: with `If-None-Match` until status or playable
 * differs (304 after N s), else until the job is final.
 */
async function follow(c: Context<AppEnv>, parts: JobParts, id: string): Promise<Response> {
  const { waitSeconds } = readPrefer(c.req.header('prefer'));
  const known = c.req.header('if-none-match');
  const isKnown = (job: JobView) => known?.split(/\s*,\s*/).includes(jobEtag(job)) ?? false;
  const enough = (job: JobView) => (known === undefined ? isFinal(job) : !isKnown(job));
  const { jobId } = findJob(c, parts.jobs, id);
  const job = await awaitJob(parts, jobId, enough, waitSeconds, c.req.raw.signal);
  c.header('ETag', jobEtag(job));
  c.header('Cache-Control', 'no-cache');
  if (waitSeconds > 0) applied(c, `wait=${waitSeconds}`);
  return isKnown(job) ? c.body(null, 304) : jobJson(c, job);
}

function isFinal({ status }: JobView): boolean {
  return finalJobStates.includes(status);
}

/** With `Prefer: wait=N` the job when it is final, or as it is after N seconds. */
function awaitEnd(c: Context<AppEnv>, parts: JobParts, { jobId }: JobView): Promise<JobView> {
  const { waitSeconds } = readPrefer(c.req.header('prefer'));
  if (waitSeconds > 0) applied(c, `wait=${waitSeconds}`);
  return awaitJob(parts, jobId, isFinal, waitSeconds, c.req.raw.signal);
}
