import { z } from 'zod';
import { operation, type Answer } from '../operation.js';
import { rangeHeaders } from '../request-headers.js';
import { newSubtitleQuery, subtitleAttached, subtitleList } from '../subtitles.js';

const videoParams = z.object({ id: z.string() });
const subtitleParams = z.object({ id: z.string(), subtitleId: z.string() });

const inPart = (
  contentType: string,
  description: string,
): Readonly<Record<200 | 206 | 304, Answer>> => ({
  200: { description, contentType },
  206: {
    description: 'The range that was asked for',
    contentType,
    headers: { 'Content-Range': 'Which bytes' },
  },
  304: { description: 'The bytes that `If-None-Match` names' },
});

export const attachSubtitle = operation({
  id: 'attachSubtitle',
  method: 'POST',
  paths: ['/videos/:id/subtitles'],
  tag: 'videos',
  access: 'uploader',
  ownOnly: true,
  summary: 'Add a subtitle file to a video: its uploader, or an admin',
  description:
    'SubRip, SubStation, WebVTT or SAMI, at most 10 MB. Language, forced and SDH follow from the name (`Title.E01.en.forced.srt`), languages of SAMI and the encoding from the bytes, unless they are given. The same again changes nothing; another file of the same name takes its place.',
  params: videoParams,
  query: newSubtitleQuery,
  bytes: ['application/octet-stream'],
  answers: {
    200: { description: 'It was there already', schema: subtitleAttached },
    201: { description: 'Its tracks are in the playlists', schema: subtitleAttached },
  },
  errors: [
    'STREAM_VIDEO_NOT_FOUND',
    'SUBTITLE_INVALID',
    'SUBTITLE_ENCODING_UNKNOWN',
    'BODY_TOO_LARGE',
    'UPLOAD_QUOTA_EXCEEDED',
    'REQUEST_TIMEOUT',
    'STREAM_NOT_READY',
    'STORAGE_FULL',
  ],
  examples: [{ params: { id: 'nothere' }, query: { filename: 'Rain.E01.ko.srt' }, status: 404 }],
});

export const listSubtitles = operation({
  id: 'listSubtitles',
  method: 'GET',
  paths: ['/videos/:id/subtitles'],
  tag: 'videos',
  access: 'user',
  summary: 'The subtitles of a video: inside its file and beside it, text and pictures',
  params: videoParams,
  answers: { 200: { description: 'All that are known', schema: subtitleList } },
  errors: ['STREAM_VIDEO_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const subtitleSource = operation({
  id: 'subtitleSource',
  method: 'GET',
  paths: ['/videos/:id/subtitles/:subtitleId/source'],
  tag: 'videos',
  access: 'user',
  summary: 'The file as it came: for players that draw the looks of an ASS script',
  description:
    'Of what lies beside the video always; of what is inside it for ASS scripts, once they are taken out.',
  params: subtitleParams,
  headers: rangeHeaders,
  answers: inPart('application/octet-stream', 'The file'),
  errors: ['STREAM_VIDEO_NOT_FOUND', 'SUBTITLE_NOT_FOUND', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  examples: [{ params: { id: 'nothere', subtitleId: 'nothere' }, status: 404 }],
});

export const subtitleText = operation({
  id: 'subtitleText',
  method: 'GET',
  paths: ['/videos/:id/subtitles/:subtitleId/tracks/:track'],
  tag: 'videos',
  access: 'user',
  summary: 'A track as WebVTT, whatever it came as',
  description:
    'Tracks count from 0 in the order of the list: SAMI has one for each language, all else has one. Times are those of the video. What is inside the video is waited for, at most 8 s.',
  params: subtitleParams.extend({ track: z.string().regex(/^\d{1,3}$/, 'expected a number') }),
  headers: rangeHeaders,
  answers: inPart('text/vtt; charset=utf-8', 'The WebVTT file'),
  errors: [
    'STREAM_VIDEO_NOT_FOUND',
    'SUBTITLE_NOT_FOUND',
    'STREAM_NOT_READY',
    'STREAM_SEGMENT_PENDING',
    'JOB_CANCELLED',
    'NOT_FOUND',
    'RANGE_NOT_SATISFIABLE',
  ],
  examples: [{ params: { id: 'nothere', subtitleId: 'nothere', track: '0' }, status: 404 }],
});

export const removeSubtitle = operation({
  id: 'removeSubtitle',
  method: 'DELETE',
  paths: ['/videos/:id/subtitles/:subtitleId'],
  tag: 'videos',
  access: 'uploader',
  ownOnly: true,
  summary: 'Take a subtitle file away again: its uploader, or an admin',
  params: subtitleParams,
  answers: { 204: { description: 'It is gone' } },
  errors: ['STREAM_VIDEO_NOT_FOUND', 'SUBTITLE_NOT_FOUND'],
  examples: [{ params: { id: 'nothere', subtitleId: 'nothere' }, status: 404 }],
});
