import { errorKind, type ErrorCode } from '../errors.js';
import type { Operation } from './operation.js';

/** Whatever is asked, and of whom. */
const ofAll: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'HOST_NOT_ALLOWED',
  'HEADERS_TOO_LARGE',
  'RATE_LIMIT_EXCEEDED',
  'INTERNAL',
];

/** Every error code that an operation may answer, by status, the statuses in ascending order. */
export function errorsOf(operation: Operation): ReadonlyMap<number, readonly ErrorCode[]> {
  const codes = new Set([...ofAll, ...errorsOfKind(operation), ...(operation.errors ?? [])]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorKind(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].toSorted(([a], [b]) => a - b));
}

/** What follows from the kind of request that it takes. */
function errorsOfKind({ method, access, body, startsWork }: Operation): ErrorCode[] {
  return [
    ...(method === 'GET' ? [] : (['ORIGIN_NOT_ALLOWED'] as const)),
    ...(access === 'open'
      ? []
      : (['AUTH_INVALID_TOKEN', 'AUTH_INSUFFICIENT_PERMISSIONS'] as const)),
    ...(body === undefined
      ? []
      : (['UNSUPPORTED_MEDIA_TYPE', 'BODY_TOO_LARGE', 'REQUEST_TIMEOUT'] as const)),
    ...(startsWork === true ? (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_USE'] as const) : []),
  ];
}
