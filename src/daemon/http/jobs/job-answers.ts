import type { Context } from 'hono';
import type { JobView } from '../../../shared/contract/index.js';
import { errorCodes, errorKind, KdramaError } from '../../../shared/errors.js';
import { accepted, jobPath, pollSeconds } from '../answer/accepted.js';
import type { AppEnv } from '../env.js';
import { errorResponse } from '../answer/error-response.js';
import { isOfSnakeFamily, toSnakeCase } from '../request/snake-case.js';

/** Answers in the words of the family that was asked: `/jobs` camelCase, `/job` snake_case. */
export function jobJson(c: Context<AppEnv>, body: object, status: 200 | 201 | 202 = 200): Response {
  return c.json(inWordsOf(c, body), status);
}

export function inWordsOf(c: Context<AppEnv>, body: object): object {
  return isOfSnakeFamily(c.req.path) ? (toSnakeCase(body) as object) : body;
}

/** Weak: the tag stands for status and playable, while progress goes on under it. */
export function jobEtag({ jobId, status, playable }: JobView): string {
  return `W/"${jobId}.${status}.${playable ? 'playable' : 'waiting'}"`;
}

/** 200 while it runs, 201 with the place of the results, 409 when there will never be any. */
export function monitorAnswer(c: Context<AppEnv>, job: JobView): Response {
  const failure = whyNever(job);
  if (failure !== undefined) return errorResponse(c, failure, 409);
  c.header('Cache-Control', 'no-store');
  if (job.status === 'completed') {
    c.header('Location', `${jobPath(c, job.jobId)}/results`);
    return jobJson(c, job, 201);
  }
  c.header('Retry-After', String(pollSeconds));
  return jobJson(c, job);
}

/** What a job answers about results that are still being made, or never will be. */
export function unfinishedAnswer(c: Context<AppEnv>, job: JobView): Response {
  const failure = whyNever(job);
  if (failure !== undefined) return errorResponse(c, failure, 409);
  const { jobId, status, progress, startTime, estimatedCompletion } = job;
  const started = startTime === null ? 'It has not started yet' : `It started at ${startTime}`;
  const expected = estimatedCompletion === null ? '' : ` and is expected at ${estimatedCompletion}`;
  const message = `This video is ${status === 'paused' ? 'paused' : 'being made'}. ${started}${expected}.`;
  c.header('Cache-Control', 'no-store');
  const body = { status, progress, startTime, estimatedCompletion, message };
  return accepted(c, jobId, inWordsOf(c, body));
}

function whyNever({ jobId, status, error }: JobView): KdramaError | undefined {
  if (status === 'cancelled') return new KdramaError('JOB_CANCELLED', jobId);
  if (status !== 'failed') return undefined;
  if (error === null) return new KdramaError('TRANSCODE_FAILED', jobId);
  const details = { reason: error };
  if (error.code === 'TRANSCODE_FAILED') {
    return new KdramaError('TRANSCODE_FAILED', undefined, { message: error.message, details });
  }
  // What helps is what helps against the reason: no retry makes a video of what is none.
  const reason = errorCodes.find((code) => code === error.code);
  const hint = reason === undefined ? undefined : errorKind(reason).hint;
  return new KdramaError('TRANSCODE_FAILED', error.message, {
    details,
    ...(hint !== undefined && { hint }),
  });
}
