import { z } from 'zod';
import { startTranscodeRequest, startTranscodeResponse, transcodeStatus } from '../jobs.js';
import { operation } from '../operation.js';
import { prefer } from '../request-headers.js';

export const startTranscode = operation({
  id: 'startTranscode',
  method: 'POST',
  paths: ['/transcode/start'],
  tag: 'transcode',
  access: 'uploader',
  summary: 'Make renditions of a video',
  description:
    'The same settings again are the same job; others make a new plan beside the old one, and the master playlist switches when that is ready. `Prefer: respond-async` turns the 200 into a 202.',
  headers: z.object({ prefer: prefer.meta({ description: '`respond-async`' }) }),
  body: startTranscodeRequest,
  answers: {
    200: { description: 'Follow it at `Location`', schema: startTranscodeResponse },
    202: {
      description: 'The same, as `Prefer: respond-async` asked',
      schema: startTranscodeResponse,
    },
  },
  errors: [
    'STREAM_ACCESS_DENIED',
    'STREAM_VIDEO_NOT_FOUND',
    'TRANSCODE_FAILED',
    'FILE_UNREADABLE',
    'IMPORT_UNAVAILABLE',
    'UPLOAD_INVALID_FORMAT',
    'UPLOAD_CONFLICT',
    'SOURCE_CHANGED',
    'SOURCE_NOT_KEPT',
    'STORAGE_FULL',
  ],
  startsWork: true,
  examples: [
    {
      body: {
        videoId: 'nothere',
        outputFormats: { hls: { resolutions: ['1280x720'], segmentDuration: 6 } },
        priority: 'high',
      },
      status: 404,
    },
    {
      body: { videoId: 'nothere', outputFormats: { hls: { segmentDuration: 13 } } },
      status: 400,
    },
  ],
});

export const transcodeState = operation({
  id: 'transcodeState',
  method: 'GET',
  paths: ['/transcode/:id', '/transcode/status/:id'],
  tag: 'transcode',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'A job in four states, the exact one in `state`',
  params: z.object({ id: z.string() }),
  answers: { 200: { description: 'How it stands', schema: transcodeStatus } },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
