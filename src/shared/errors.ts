/**
 * Every error that kdrama reports, once: the code a program matches on, the HTTP status, the exit
 * code of the command line, the sentence its message begins with and the next step for the person.
 */
import type { ExitCode } from './exit.js';

interface ErrorKind {
  readonly status: number;
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint?: string;
}

const kinds = {
  VALIDATION_FAILED: {
    status: 400,
    exit: 2,
    message: 'Request is not valid',
    hint: 'Correct the fields that are named and send it again; /docs lists what each request takes.',
  },
  AUTH_INVALID_TOKEN: {
    status: 401,
    exit: 5,
    message: 'Invalid or expired authentication token',
    hint: 'Send "Authorization: Bearer TOKEN"; the local token is in the file "token" of KDRAMA_HOME.',
  },
  AUTH_INVALID_CREDENTIALS: {
    status: 401,
    exit: 5,
    message: 'Invalid user name or password',
    hint: 'An admin sets a new password with "kdrama user passwd NAME".',
  },
  AUTH_INVALID_CODE: {
    status: 401,
    exit: 5,
    message: 'This code is wrong, was used, has expired or is void after 5 wrong tries',
    hint: 'Get a new one: "kdrama pair" prints it, on the computer that holds the library.',
  },
  AUTH_INSUFFICIENT_PERMISSIONS: {
    status: 403,
    exit: 5,
    message: 'User lacks required permissions',
    hint: 'Sign in as someone with the role that is named, or ask the admin of this daemon for it.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    exit: 5,
    message: 'This host name is not one of this daemon',
    hint: 'Use the address that "kdrama serve" prints.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    exit: 5,
    message: 'Requests from other web pages may not change anything',
    hint: 'Send it from a page of this daemon, or from a program, without an Origin line.',
  },
  UPLOAD_FILE_TOO_LARGE: {
    status: 413,
    exit: 1,
    message: 'File size exceeds maximum allowed (2GB)',
    hint: 'Raise upload.maxBytes in config.toml (KDRAMA_UPLOAD_MAX_BYTES), or upload on the same machine, where only the disk limits.',
  },
  UPLOAD_INVALID_FORMAT: {
    status: 400,
    exit: 1,
    message: 'File format not supported',
    hint: 'Send a whole video file, for example MP4, MKV, WebM, MOV, TS or AVI; if it was cut off, copy or download it again.',
  },
  UPLOAD_CHUNK_MISSING: {
    status: 400,
    exit: 1,
    message: 'Required chunk not found',
    hint: 'GET the upload to see which chunks are missing and send those.',
  },
  UPLOAD_CHECKSUM_MISMATCH: {
    status: 400,
    exit: 1,
    message: 'Chunk integrity check failed',
    hint: 'Send the bytes again with their SHA-256 in hexadecimal.',
  },
  UPLOAD_CONFLICT: {
    status: 409,
    exit: 1,
    message: 'This part was already received with other bytes',
    hint: 'Abort the upload (DELETE) and start again if the file has changed.',
  },
  UPLOAD_QUOTA_EXCEEDED: {
    status: 413,
    exit: 1,
    message: 'Your videos and uploads may not take this much space',
    hint: 'Abort unfinished uploads, or ask the admin to remove videos or raise upload.quotaBytes.',
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Upload not found',
    hint: 'Start the upload again; an unfinished one is kept for 24 hours.',
  },
  UPLOAD_EXPIRED: {
    status: 410,
    exit: 1,
    message: 'Upload has expired',
    hint: 'Start the upload again.',
  },
  UPLOAD_OFFSET_MISMATCH: {
    status: 409,
    exit: 1,
    message: 'The upload goes on at another byte',
    hint: 'HEAD it and send the bytes from its Upload-Offset on.',
  },
  UPLOAD_LOCKED: {
    status: 423,
    exit: 1,
    message: 'Another request goes on with this upload',
    hint: 'What came before is kept: HEAD it and go on from its Upload-Offset.',
  },
  TUS_VERSION_UNSUPPORTED: {
    status: 412,
    exit: 2,
    message: 'This version of tus is not spoken here',
    hint: 'Send "Tus-Resumable: 1.0.0".',
  },
  IMPORT_UNAVAILABLE: {
    status: 409,
    exit: 1,
    message: 'The daemon does not see this file as the client does',
    hint: 'Upload its bytes instead; "kdrama upload" does so by itself.',
  },
  SOURCE_CHANGED: {
    status: 409,
    exit: 1,
    message: 'The source file was changed or removed since it was added',
    hint: 'Put the original file back, or remove the video and upload it again.',
  },
  STORAGE_FULL: {
    status: 507,
    exit: 1,
    message: 'Not enough space on the disk',
    hint: 'Free some space, or set media.dir to a larger disk. What is here is kept.',
  },
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
  USER_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'User not found',
    hint: '"kdrama user list" (GET /users) shows them.',
  },
  USER_EXISTS: {
    status: 409,
    exit: 1,
    message: 'This name is taken',
    hint: 'Choose another; capital letters make no difference.',
  },
  TOKEN_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'API key not found',
    hint: '"kdrama token list" (GET /tokens) shows them.',
  },
  SECRET_CONFIGURED: {
    status: 409,
    exit: 1,
    message: 'The secret of sign-ins is configured, so it is changed there',
    hint: 'Change auth.jwtSecret (KDRAMA_JWT_SECRET) and restart the daemon.',
  },
  DEVICE_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Device not found',
    hint: '"kdrama pair list" (GET /devices) shows them.',
  },
  WATCH_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Watched folder not found',
    hint: '"kdrama watch list" (GET /watches) shows them.',
  },
  WATCH_CONFLICT: {
    status: 409,
    exit: 1,
    message: 'This folder cannot be watched so',
    hint: 'Each file belongs to one watched folder: "kdrama watch list" shows them, "kdrama watch remove FOLDER" ends one.',
  },
  STREAM_VIDEO_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Video not found',
    hint: 'GET /videos ("kdrama list") lists the videos that are there.',
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
  FILE_UNREADABLE: {
    status: 400,
    exit: 1,
    message: 'File cannot be read',
    hint: 'Check the path, and that the user who runs the daemon may read the file.',
  },
  DAEMON_UNREACHABLE: {
    status: 503,
    exit: 4,
    message: 'The daemon cannot be reached',
    hint: 'Start it with "kdrama start".',
  },
  DAEMON_INCOMPATIBLE: {
    status: 400,
    exit: 4,
    message: 'The daemon and this command do not speak the same API version',
    hint: 'Use the same kdrama on both sides; "kdrama stop" and "kdrama start" renew a local daemon.',
  },
  DAEMON_RUNNING: {
    status: 409,
    exit: 1,
    message: 'Another daemon already runs for this home',
    hint: 'Use it as it is, or stop it with "kdrama stop".',
  },
  PORT_IN_USE: {
    status: 409,
    exit: 1,
    message: 'The port is taken by another program',
    hint: 'Choose another with KDRAMA_LISTEN=127.0.0.1:PORT (0 takes a free one).',
  },
  CONFIG_INVALID: { status: 500, exit: 2, message: 'The configuration is not valid' },
  DATABASE_NEWER: {
    status: 500,
    exit: 1,
    message: 'The database was written by a newer kdrama',
    hint: 'Use that version or a newer one; nothing was changed.',
  },
  INTERNAL: {
    status: 500,
    exit: 1,
    message: 'Something went wrong inside kdrama',
    hint: 'The log of the daemon has the details under this requestId.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export const errorCodes = Object.keys(kinds) as readonly ErrorCode[];

/** The HTTP status, exit code, first sentence and hint that belong to a code. */
export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code];
}

export interface ErrorExtra {
  /** The whole message, for the few codes that begin with more than one known sentence. */
  readonly message?: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error class. `detail` follows the code's own sentence: "what was expected, what came". */
export class KdramaError extends Error {
  override readonly name = 'KdramaError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, detail?: string, extra: ErrorExtra = {}) {
    const kind = errorKind(code);
    const sentence = detail === undefined ? kind.message : `${kind.message}: ${detail}`;
    super(extra.message ?? sentence, { cause: extra.cause });
    this.code = code;
    this.hint = extra.hint ?? kind.hint;
    this.details = extra.details;
  }
}
