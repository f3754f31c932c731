import { z } from 'zod';
import { operation, type Answer } from '../operation.js';
import { rangeHeaders } from '../request-headers.js';

const playlist = 'application/vnd.apple.mpegurl';
const inPart = (
  contentType: string | readonly string[],
): Readonly<Record<200 | 206 | 304, Answer>> => ({
  200: {
    description: 'The whole of it',
    contentType,
    headers: { ETag: 'Names these bytes', 'Accept-Ranges': '`bytes`' },
  },
  206: {
    description: 'The range that was asked for',
    contentType,
    headers: { 'Content-Range': 'Which bytes', ETag: 'Names these bytes' },
  },
  304: { description: 'The bytes that `If-None-Match` names' },
});
const media = inPart(['video/mp4', 'audio/mp4', 'text/vtt; charset=utf-8', playlist]);

const mp4Errors = [
  'STREAM_VIDEO_NOT_FOUND',
  'STREAM_NOT_READY',
  'JOB_CANCELLED',
  'NOT_FOUND',
  'RANGE_NOT_SATISFIABLE',
] as const;
const keyErrors = ['AUTH_INVALID_TOKEN', 'STREAM_ACCESS_DENIED'] as const;

export const streamVideo = operation({
  id: 'streamVideo',
  method: 'GET',
  paths: ['/stream/:videoId'],
  tag: 'stream',
  access: 'user',
  summary: 'A video as one MP4, whole or in ranges',
  description:
    'A name such as `720p` is H.264; what only some players take has its codec in its name (`1080p-hevc`). Without `quality` the best H.264 that is there, without `audio` the sound that plays first; it takes `all`, `none`, or languages and names of renditions with commas between them (`ko,en`).',
  params: z.object({ videoId: z.string() }),
  query: z.object({
    quality: z.string().max(64).optional(),
    audio: z.string().min(1).max(2048).optional(),
  }),
  headers: rangeHeaders,
  answers: inPart('video/mp4'),
  errors: mp4Errors,
  examples: [{ params: { videoId: 'nothere' }, query: { quality: '720p' }, status: 404 }],
});

export const signedStreamVideo = operation({
  id: 'signedStreamVideo',
  method: 'GET',
  paths: ['/stream/:videoId/key/:key/video.mp4'],
  tag: 'stream',
  access: 'open',
  summary: 'The same below a signed key, for players that cannot sign in',
  params: z.object({ videoId: z.string(), key: z.string() }),
  query: streamVideo.query,
  headers: rangeHeaders,
  answers: inPart('video/mp4'),
  errors: [...mp4Errors, ...keyErrors],
  examples: [{ params: { videoId: 'nothere', key: 'forged' }, status: 401 }],
});

const oneQuality = z.object({ quality: z.string().max(64).optional() });
const hlsErrors = ['STREAM_VIDEO_NOT_FOUND', 'STREAM_NOT_READY', 'JOB_CANCELLED'] as const;
const fileErrors = [
  ...hlsErrors,
  'NOT_FOUND',
  'STREAM_SEGMENT_PENDING',
  'RANGE_NOT_SATISFIABLE',
] as const;
const fileParams = {
  videoId: z.string(),
  planId: z.string(),
  name: z.string(),
  version: z.string(),
  file: z.string(),
};
const fileExample = { planId: 'p', name: '720p', version: 'v1', file: '0.m4s' };

export const masterPlaylist = operation({
  id: 'masterPlaylist',
  method: 'GET',
  paths: ['/stream/:videoId/hls/master.m3u8'],
  tag: 'stream',
  access: 'user',
  summary: 'The HLS master playlist, complete from the moment of the plan',
  description:
    'With `quality` (one of `availableQualities`) that picture alone, with all sounds and subtitles: for players that would take the largest before it is made.',
  params: z.object({ videoId: z.string() }),
  query: oneQuality,
  headers: rangeHeaders,
  answers: inPart(playlist),
  errors: [...hlsErrors, 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  examples: [{ params: { videoId: 'nothere' }, query: { quality: '720p' }, status: 404 }],
});

export const streamFile = operation({
  id: 'streamFile',
  method: 'GET',
  paths: ['/stream/:videoId/hls/:planId/:name/:version/:file'],
  tag: 'stream',
  access: 'user',
  summary: 'What the master playlist names: playlists, init segments, segments',
  description:
    'What is not made yet is waited for, at most 8 s. What lies at an address never changes.',
  params: z.object(fileParams),
  headers: rangeHeaders,
  answers: media,
  errors: fileErrors,
  examples: [{ params: { videoId: 'nothere', ...fileExample }, status: 404 }],
});

export const signedMasterPlaylist = operation({
  id: 'signedMasterPlaylist',
  method: 'GET',
  paths: ['/stream/:videoId/key/:key/hls/master.m3u8'],
  tag: 'stream',
  access: 'open',
  summary: 'The same below a signed key, for players that cannot sign in',
  params: z.object({ videoId: z.string(), key: z.string() }),
  query: oneQuality,
  headers: rangeHeaders,
  answers: inPart(playlist),
  errors: [...hlsErrors, ...keyErrors, 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  examples: [{ params: { videoId: 'nothere', key: 'forged' }, status: 401 }],
});

export const signedStreamFile = operation({
  id: 'signedStreamFile',
  method: 'GET',
  paths: ['/stream/:videoId/key/:key/hls/:planId/:name/:version/:file'],
  tag: 'stream',
  access: 'open',
  summary: 'What a signed master playlist names',
  params: z.object({ ...fileParams, key: z.string() }),
  headers: rangeHeaders,
  answers: media,
  errors: [...fileErrors, ...keyErrors],
  examples: [{ params: { videoId: 'nothere', key: 'forged', ...fileExample }, status: 401 }],
});
