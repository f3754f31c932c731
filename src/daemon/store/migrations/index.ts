import { start } from './0001-start.js';
import { claimOrder } from './0002-claim-order.js';

/** In order, forward only. A landed migration is never edited: add the next one. */
export const migrations: readonly string[] = [start, claimOrder];
