import { z } from 'zod';
import { errorBody } from '../errors.js';
import { jobView } from '../job-view.js';
import {
  jobAccepted,
  jobChange,
  jobList,
  jobListQuery,
  jobPending,
  jobPlan,
  jobResults,
  submitJobRequest,
} from '../jobs.js';
import { operation } from '../operation.js';
import { prefer } from '../request-headers.js';

const jobParams = z.object({ id: z.string() });
/** Why what is asked for will never be there. */
const never = {
  description: 'It failed (`TRANSCODE_FAILED`) or was cancelled (`JOB_CANCELLED`)',
  schema: errorBody,
};
const retryAfter = { 'Retry-After': 'Seconds after which to ask again' };

export const submitJob = operation({
  id: 'submitJob',
  method: 'POST',
  paths: ['/jobs', '/job'],
  tag: 'jobs',
  access: 'uploader',
  summary: 'Make a job for a video or for a file on this machine',
  description:
    'Asking again for the same thing finds the job that is there; a `notifyUrl` is told how that ends, at once when it has ended. `sourcePath` is for an admin on the same machine.',
  body: submitJobRequest,
  answers: { 202: { description: 'Follow it at `Location`', schema: jobAccepted } },
  errors: [
    'STREAM_ACCESS_DENIED',
    'STREAM_VIDEO_NOT_FOUND',
    'JOB_STATE_CONFLICT',
    'FILE_UNREADABLE',
    'IMPORT_UNAVAILABLE',
    'UPLOAD_INVALID_FORMAT',
    'SOURCE_CHANGED',
    'SOURCE_NOT_KEPT',
    'STORAGE_FULL',
  ],
  startsWork: true,
  examples: [
    { body: { videoId: 'nothere', quality: 'high' }, status: 404 },
    { body: { quality: 'high' }, status: 400 },
  ],
});

export const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  paths: ['/jobs', '/job'],
  tag: 'jobs',
  access: 'uploader',
  summary: 'Jobs in pages, the newest first',
  description: '`status` may name several, with commas between them.',
  query: jobListQuery,
  answers: { 200: { description: 'The jobs', schema: jobList } },
  examples: [{ query: { status: 'queued,processing' }, status: 200 }],
});

export const followJob = operation({
  id: 'followJob',
  method: 'GET',
  paths: ['/jobs/:id', '/job/:id'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'How a job stands; the id may be that of its video',
  description:
    '`Prefer: wait=N` (at most 60) holds the answer: with `If-None-Match` until status or playable differs, without it until the job is final.',
  params: jobParams,
  headers: z.object({
    prefer: prefer.meta({ description: '`wait=N` seconds' }),
    'if-none-match': z.string().optional(),
  }),
  answers: {
    200: {
      description: 'The job',
      schema: jobView,
      headers: { ETag: 'Stands for status and playable' },
    },
    304: { description: 'Status and playable are as `If-None-Match` says' },
  },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const changeJob = operation({
  id: 'changeJob',
  method: 'PATCH',
  paths: ['/jobs/:id', '/job/:id'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  scopes: ['jobs', 'workflow'],
  summary: 'Let it go before others or after them; say what its workflow does',
  description: 'An API key that is limited to `workflow` may change nothing but that.',
  params: jobParams,
  body: jobChange,
  answers: { 200: { description: 'The job', schema: jobView } },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [
    { params: { id: 'nothere' }, body: { priority: 'high' }, status: 404 },
    {
      params: { id: 'nothere' },
      body: { workflow: { dagRunId: 'manual__2026-01-01', state: 'success' } },
      status: 404,
    },
  ],
});

export const cancelJob = operation({
  id: 'cancelJob',
  method: 'DELETE',
  paths: ['/jobs/:id', '/job/:id'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Cancel; the source and what is published stay',
  params: jobParams,
  answers: { 200: { description: 'The job', schema: jobView } },
  errors: ['TRANSCODE_JOB_NOT_FOUND', 'JOB_STATE_CONFLICT'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const pauseJob = operation({
  id: 'pauseJob',
  method: 'POST',
  paths: ['/jobs/:id/pause', '/job/:id/pause'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Stop working at it; what is made stays',
  params: jobParams,
  answers: { 200: { description: 'The job', schema: jobView } },
  errors: ['TRANSCODE_JOB_NOT_FOUND', 'JOB_STATE_CONFLICT'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const resumeJob = operation({
  id: 'resumeJob',
  method: 'POST',
  paths: ['/jobs/:id/resume', '/job/:id/resume'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Go on with a paused job',
  params: jobParams,
  answers: { 200: { description: 'The job', schema: jobView } },
  errors: ['TRANSCODE_JOB_NOT_FOUND', 'JOB_STATE_CONFLICT'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const retryJob = operation({
  id: 'retryJob',
  method: 'POST',
  paths: ['/jobs/:id/retry', '/job/:id/retry'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Make what is missing of a job that ended',
  params: jobParams,
  answers: { 200: { description: 'The job', schema: jobView } },
  startsWork: true,
  errors: ['TRANSCODE_JOB_NOT_FOUND', 'JOB_STATE_CONFLICT', 'SOURCE_NOT_KEPT'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const planOfJob = operation({
  id: 'planOfJob',
  method: 'GET',
  paths: ['/jobs/:id/plan', '/job/:id/plan'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Which segments of which rendition are made, running, waiting or failed',
  description: 'As runs of equal states, however long the video is; none before it is probed.',
  params: jobParams,
  answers: { 200: { description: 'The plan and how it stands', schema: jobPlan } },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const monitorJob = operation({
  id: 'monitorJob',
  method: 'GET',
  paths: ['/jobs/:id/monitor', '/job/:id/monitor', '/monitor/:id'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'For clients that follow status codes and `Location` only',
  params: jobParams,
  answers: {
    200: { description: 'It is being made', schema: jobView, headers: retryAfter },
    201: {
      description: 'It is made',
      schema: jobView,
      headers: { Location: 'Where its results are' },
    },
    409: never,
  },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const resultsOfJob = operation({
  id: 'resultsOfJob',
  method: 'GET',
  paths: ['/jobs/:id/results', '/job/:id/results', '/result/:id'],
  tag: 'jobs',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'Where everything that it made is fetched',
  params: jobParams,
  answers: {
    200: { description: 'The addresses of its files', schema: jobResults },
    202: { description: 'It is still being made', schema: jobPending, headers: retryAfter },
    409: never,
  },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
