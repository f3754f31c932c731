import type { ErrorKind } from './error-kind.js';

/** What is watched. */
export const streamErrors = {
  STREAM_VIDEO_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Video not found',
    hint: 'GET /videos ("kdrama list") lists the videos that are there.',
  },
  VIDEO_NOT_REPLACEABLE: {
    status: 409,
    exit: 1,
    message: 'This video cannot take the place of that one',
    hint: 'Name another video of the same episode, which itself is not to be replaced.',
  },
  STREAM_NOT_READY: {
    status: 404,
    exit: 1,
    message: 'These bytes do not exist yet',
    hint: 'Try again after the seconds of Retry-After.',
  },
  STREAM_SEGMENT_PENDING: {
    status: 503,
    exit: 1,
    message: 'This segment is still being made',
    hint: 'Try again after the seconds of Retry-After.',
  },
  STREAM_ACCESS_DENIED: {
    status: 403,
    exit: 5,
    message: 'User cannot access this video',
    hint: 'A signed address opens one video: ask GET /videos/ID for that of this one.',
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    exit: 2,
    message: 'The range lies outside the file',
    hint: 'Content-Range has the size of the file; ask for bytes below it.',
  },
} as const satisfies Record<string, ErrorKind>;
