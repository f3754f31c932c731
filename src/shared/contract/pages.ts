import { z } from 'zod';

/** How much of a list one answer holds. */
export const pageLimit = z.coerce.number().int().min(1).max(500).default(100);

/** Where the next page begins: sent as `cursor`; null when there is no more. */
export const nextCursor = z.string().nullable();
