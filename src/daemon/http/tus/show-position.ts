import type { Context } from 'hono';
import type { Position } from '../../uploads/in-order.js';
import { jobPath } from '../answer/accepted.js';
import type { AppEnv } from '../env.js';

/** How far the upload is; once whole, where its video and job are. */
export function showPosition(c: Context<AppEnv>, { upload, offset, accepted }: Position): void {
  c.header('Upload-Offset', String(offset));
  // "The Upload-Expires response header indicates the time after which the unfinished upload
  // resource expires", in the format of RFC 9110.
  if (accepted === undefined) return c.header('Upload-Expires', httpDate(upload.expiresAt));
  c.header('Kdrama-Video-Id', accepted.videoId);
  c.header('Kdrama-Job-Id', accepted.jobId);
  c.header('Link', `<${jobPath(c, accepted.jobId)}>; rel="status"`);
}

function httpDate(at: number): string {
  return new Date(at).toUTCString();
}
