import type { ErrorKind } from './error-kind.js';

/** Jobs and their transcodes. */
export const jobErrors = {
  TRANSCODE_JOB_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Transcoding job not found',
    hint: 'GET /jobs ("kdrama status") lists the jobs that are there.',
  },
  TRANSCODE_FAILED: {
    status: 500,
    exit: 1,
    message: 'Video transcoding failed',
    hint: '"kdrama retry JOB" (POST /jobs/ID/retry) makes what is missing; the log says more.',
  },
  FFMPEG_UNAVAILABLE: {
    status: 500,
    exit: 1,
    message: 'No working ffmpeg 5.1 or newer with its ffprobe was found',
    hint: 'Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg) and run "kdrama doctor".',
  },
  JOB_CANCELLED: {
    status: 409,
    exit: 1,
    message: 'This job was cancelled',
    hint: '"kdrama retry JOB" (POST /jobs/ID/retry) goes on from where it stopped.',
  },
  JOB_STATE_CONFLICT: {
    status: 409,
    exit: 1,
    message: 'Not possible in the state of this job',
    hint: 'GET the job to see its status and what can follow it.',
  },
} as const satisfies Record<string, ErrorKind>;
