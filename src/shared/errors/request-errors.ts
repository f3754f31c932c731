import type { ErrorKind } from './error-kind.js';

/** Requests that are not as they should be, or come too often. */
export const requestErrors = {
  VALIDATION_FAILED: {
    status: 400,
    exit: 2,
    message: 'Request is not valid',
    hint: 'Correct the fields that are named and send it again; /docs lists what each request takes.',
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    exit: 1,
    message: 'Too many requests, please try again later.',
    hint: 'Wait the seconds of Retry-After; limits.requestsPerMinute in config.toml sets the limit.',
  },
  SERVER_BUSY: {
    status: 503,
    exit: 1,
    message: 'Too much is going on here',
    hint: 'Try again after the seconds of Retry-After.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    exit: 2,
    message: 'This Idempotency-Key was used for another request',
    hint: 'Make a new key for each thing that is to be started; repeat one only with the same request.',
  },
  IDEMPOTENCY_KEY_IN_USE: {
    status: 409,
    exit: 1,
    message: 'The request with this Idempotency-Key is still being answered',
    hint: 'Send it again after the seconds of Retry-After to get its answer.',
  },
  NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Not found',
    hint: 'Check the path: /docs lists every one, /openapi.json for programs.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    exit: 2,
    message: 'Method not allowed',
    hint: 'Use one of the methods of the Allow line.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    exit: 2,
    message: 'Content type not supported',
    hint: 'Send the body with the Content-Type that is named.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    exit: 1,
    message: 'Request body is too large',
    hint: 'Send less in one request: JSON of at most 1 MiB, files in chunks of at most 64 MiB.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    exit: 1,
    message: 'Request headers are too large',
    hint: 'Send at most 100 header lines, of 16 KiB in all.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    exit: 1,
    message: 'The request took too long to come',
    hint: 'Send it again; headers have 15 seconds, and a JSON body too.',
  },
} as const satisfies Record<string, ErrorKind>;
