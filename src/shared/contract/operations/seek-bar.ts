import { z } from 'zod';
import { operation, type Answer } from '../operation.js';
import { rangeHeaders } from '../request-headers.js';

const videoParams = z.object({ id: z.string() });
const inPart = (contentType: string): Readonly<Record<200 | 206 | 304, Answer>> => ({
  200: { description: 'The whole of it', contentType, headers: { ETag: 'Names these bytes' } },
  206: {
    description: 'The range that was asked for',
    contentType,
    headers: { 'Content-Range': 'Which bytes', ETag: 'Names these bytes' },
  },
  304: { description: 'The bytes that `If-None-Match` names' },
});
const errors = ['STREAM_VIDEO_NOT_FOUND', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'] as const;

export const videoStoryboard = operation({
  id: 'videoStoryboard',
  method: 'GET',
  paths: ['/videos/:id/storyboard.vtt'],
  tag: 'videos',
  access: 'user',
  summary: 'Small pictures of all of it, for a seek bar',
  description:
    'WebVTT: for each stretch of time a part of a sheet of pictures, `storyboard/…/0.jpg#xywh=x,y,width,height`, relative to this address.',
  params: videoParams,
  headers: rangeHeaders,
  answers: inPart('text/vtt; charset=utf-8'),
  errors,
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const storyboardSheet = operation({
  id: 'storyboardSheet',
  method: 'GET',
  paths: ['/videos/:id/storyboard/:version/:sheet'],
  tag: 'videos',
  access: 'user',
  summary: 'A sheet that the storyboard names; what lies at an address never changes',
  params: z.object({ id: z.string(), version: z.string(), sheet: z.string() }),
  headers: rangeHeaders,
  answers: inPart('image/jpeg'),
  errors,
  examples: [{ params: { id: 'nothere', version: '0', sheet: '0.jpg' }, status: 404 }],
});

export const videoChapters = operation({
  id: 'videoChapters',
  method: 'GET',
  paths: ['/videos/:id/chapters.vtt'],
  tag: 'videos',
  access: 'user',
  summary: 'The chapters that its file names, as WebVTT of the kind `chapters`',
  params: videoParams,
  headers: rangeHeaders,
  answers: inPart('text/vtt; charset=utf-8'),
  errors,
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
