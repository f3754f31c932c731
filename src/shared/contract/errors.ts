import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../errors.js';

/** The one shape of an HTTP error. `/auth/validate` alone answers differently. */
export const errorBody = z.object({
  error: z.object({
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    timestamp: z.iso.datetime(),
    requestId: z.string(),
    hint: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** A job's own `error`: why it failed or was cancelled; `null` while all is well. */
export const jobError = z.object({ code: z.string(), message: z.string() }).nullable();
