import { z } from 'zod';
import { operation } from '../operation.js';
import { rangeHeaders } from '../request-headers.js';
import {
  replacement,
  seriesList,
  seriesQuery,
  videoChange,
  videoList,
  videoDetails,
  videoListQuery,
} from '../videos.js';

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
  summary: 'The library in pages, the newest first',
  description:
    '`query` finds videos by the beginnings of words in title, series and file name; `series` those of one series. More of a list is asked for with the `nextCursor` of the answer as `cursor`.',
  query: videoListQuery,
  answers: { 200: { description: 'The videos', schema: videoList } },
  examples: [{ query: { query: 'gob', limit: 20 }, status: 200 }],
});

export const listSeries = operation({
  id: 'listSeries',
  method: 'GET',
  paths: ['/series'],
  tag: 'videos',
  access: 'user',
  summary: 'The series of the library, by name',
  query: seriesQuery,
  answers: { 200: { description: 'How many videos each has', schema: seriesList } },
  examples: [{ status: 200 }],
});

export const editVideo = operation({
  id: 'editVideo',
  method: 'PATCH',
  paths: ['/videos/:id'],
  tag: 'videos',
  access: 'uploader',
  ownOnly: true,
  summary: 'Name a video anew: its uploader, or an admin',
  params: videoParams,
  body: videoChange,
  answers: { 200: { description: 'The video', schema: videoDetails } },
  errors: ['STREAM_VIDEO_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, body: { title: 'Episode 1' }, status: 404 }],
});

export const deleteVideo = operation({
  id: 'deleteVideo',
  method: 'DELETE',
  paths: ['/videos/:id'],
  tag: 'videos',
  access: 'uploader',
  ownOnly: true,
  summary: 'Remove a video with everything that was made of it: its uploader, or an admin',
  description: 'Its work stops first. The id must be that of the video, not of a job.',
  params: videoParams,
  answers: { 204: { description: 'It is gone' } },
  errors: ['STREAM_VIDEO_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const replaceVideo = operation({
  id: 'replaceVideo',
  method: 'PUT',
  paths: ['/videos/:id/replacement'],
  tag: 'videos',
  access: 'uploader',
  ownOnly: true,
  summary: 'Let another file of the same episode take its place: its uploader, or an admin',
  description:
    'The other video gets its names at once. It plays until that one is ready, and is removed then; at once if that is ready already.',
  params: videoParams,
  body: replacement,
  answers: { 200: { description: 'The video that stays', schema: videoDetails } },
  errors: ['STREAM_VIDEO_NOT_FOUND', 'VIDEO_NOT_REPLACEABLE'],
  examples: [{ params: { id: 'nothere' }, body: { videoId: 'better' }, status: 404 }],
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
  answers: { 200: { description: 'The video', schema: videoDetails } },
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
  errors: ['STREAM_VIDEO_NOT_FOUND', 'SOURCE_NOT_KEPT', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
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
