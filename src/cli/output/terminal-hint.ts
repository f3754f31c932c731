import { errorKind, type ErrorCode, type KdramaError } from '../../shared/errors.js';

/** Where what helps at a terminal is another thing than what helps a program that speaks HTTP. */
const hints: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'Correct what is named; --help shows what the command takes.',
  AUTH_INVALID_TOKEN:
    'KDRAMA_TOKEN is sent where it is set, else the token of KDRAMA_HOME: is it one of this daemon?',
  ORIGIN_NOT_ALLOWED: 'Is something between this computer and the daemon that changes requests?',
  UPLOAD_CHUNK_MISSING: 'The same "kdrama upload" again sends what is missing.',
  UPLOAD_CHECKSUM_MISMATCH: 'The same "kdrama upload" again sends it anew.',
  UPLOAD_CONFLICT: 'The same "kdrama upload" again begins anew if the file has changed.',
  TRANSCODE_JOB_NOT_FOUND:
    '"kdrama status" shows what runs and waits, "kdrama list" every episode.',
  TRANSCODE_FAILED: '"kdrama retry JOB" makes what is missing; "kdrama logs" says more.',
  JOB_CANCELLED: '"kdrama retry JOB" goes on from where it stopped.',
  JOB_STATE_CONFLICT: '"kdrama status JOB" shows how it stands.',
  WATCH_NOT_FOUND: '"kdrama watch list" shows them.',
  SUBTITLE_NOT_FOUND: '"kdrama subtitle list VIDEO" shows them.',
  USER_NOT_FOUND: '"kdrama user list" shows them.',
  TOKEN_NOT_FOUND: '"kdrama token list" shows them.',
  DEVICE_NOT_FOUND: '"kdrama pair list" shows them.',
  STREAM_VIDEO_NOT_FOUND: '"kdrama list" shows the episodes that are there.',
  STREAM_NOT_READY: '"kdrama wait VIDEO" waits until it is made.',
  STREAM_ACCESS_DENIED: 'Ask the admin of this daemon.',
  RATE_LIMIT_EXCEEDED: 'Wait a minute; limits.requestsPerMinute in config.toml sets the limit.',
  SERVER_BUSY: 'Try again in a little while.',
  NOT_FOUND: 'An older daemon may not know it yet: "kdrama restart" renews it.',
  METHOD_NOT_ALLOWED: 'An older daemon may not know it yet: "kdrama restart" renews it.',
  CONFIG_INVALID: 'Correct the variable, or config.toml in KDRAMA_HOME, and run it again.',
  INTERNAL: '"kdrama logs" has the details.',
};

/** Pure: what the person can do. A hint that is more than that of its code stays as it is. */
export function terminalHint({
  code,
  hint,
}: Pick<KdramaError, 'code' | 'hint'>): string | undefined {
  return hint === errorKind(code).hint ? (hints[code] ?? hint) : hint;
}
