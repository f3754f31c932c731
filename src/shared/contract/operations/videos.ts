import { z } from 'zod';
import { operation } from '../operation.js';
import { rangeHeaders } from '../request-headers.js';
import { videoList, videoListQuery, videoView } from '../videos.js';

const videoParams = z.object({ id: z.string() });
/** What bytes that may be fetched in part can answer beside 200. */
const inPart = {
  206: { description: 'The range that was asked for', headers: { 'Content-Range': 'Which bytes' } },
  304: { description: 'The bytes that `If-None-Match` names' },
};

export const listVideos = operation({
  id: 'listVideos',
  method: 'GET',
  paths: ['/videos'],
  tag: 'videos',
  access: 'user',
  summary: 'The library, the newest first',
  query: videoListQuery,
  answers: { 200: { description: 'The videos', schema: videoList } },
  examples: [{ status: 200 }],
});

export const showVideo = operation({
  id: 'showVideo',
  method: 'GET',
  paths: ['/videos/:id', '/metadata/:id', '/stream/:id/metadata'],
  tag: 'videos',
  access: 'user',
  summary: 'One video; the id may be that of one of its jobs',
  description:
    '`streamingUrls.hls` opens without signing in: it is signed, expires and opens this video only.',
  params: videoParams,
  answers: { 200: { description: 'The video', schema: videoView } },
  errors: ['STREAM_VIDEO_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const videoSource = operation({
  id: 'videoSource',
  method: 'GET',
  paths: ['/videos/:id/source'],
  tag: 'videos',
  access: 'user',
  summary: 'The bytes as they were uploaded, whole or in ranges',
  params: videoParams,
  headers: rangeHeaders,
  answers: {
    200: { description: 'The file', contentType: 'application/octet-stream' },
    206: { ...inPart[206], contentType: 'application/octet-stream' },
    304: inPart[304],
  },
  errors: ['STREAM_VIDEO_NOT_FOUND', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const videoPoster = operation({
  id: 'videoPoster',
  method: 'GET',
  paths: ['/videos/:id/poster'],
  tag: 'videos',
  access: 'user',
  summary: 'A picture of it',
  params: videoParams,
  headers: rangeHeaders,
  answers: {
    200: { description: 'A JPEG', contentType: 'image/jpeg' },
    206: { ...inPart[206], contentType: 'image/jpeg' },
    304: inPart[304],
  },
  errors: ['STREAM_VIDEO_NOT_FOUND', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
