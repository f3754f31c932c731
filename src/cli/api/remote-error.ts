import type { ErrorBody } from '../../shared/contract/index.js';
import { errorCodes, KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { ApiResponse } from './request.js';

/** The daemon's error answer as the error it was there, with its own message, hint and details. */
export function errorOfAnswer(answer: ApiResponse): KdramaError {
  const error = parseError(answer.text);
  if (error === undefined) {
    return new KdramaError(
      'DAEMON_UNREACHABLE',
      `something else answers there (${answer.status})`,
      {
        hint: 'Is KDRAMA_HOST the address of a kdrama daemon?',
      },
    );
  }
  return remoteError(error.code, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, requestId: error.requestId },
  });
}

/** A code and message that came over the wire; a code of a newer daemon becomes `otherwise`. */
export function remoteError(
  code: string,
  message: string,
  extra: { hint?: string; details?: Record<string, unknown> } = {},
  otherwise: ErrorCode = 'INTERNAL',
): KdramaError {
  const known = errorCodes.find((each) => each === code);
  return new KdramaError(known ?? otherwise, undefined, { ...extra, message });
}

function parseError(text: string): ErrorBody['error'] | undefined {
  try {
    const body = JSON.parse(text) as Partial<ErrorBody> | null;
    return typeof body?.error?.message === 'string' ? body.error : undefined;
  } catch {
    return undefined;
  }
}
