import { z } from 'zod';

/** Of requests for bytes that may be fetched in part (RFC 9110 §13, §14). */
export const rangeHeaders = z.object({
  range: z.string().optional().meta({ description: 'For example `bytes=0-1023`' }),
  'if-range': z.string().optional().meta({ description: 'An `ETag`: the range only of that' }),
  'if-none-match': z.string().optional().meta({ description: 'An `ETag`: 304 when it is that' }),
});

/** Of requests that may be answered later or elsewhere (RFC 7240). */
export const prefer = z.string().optional();
