import type { EventStore } from '../../store/events.js';

/** Where a stream begins. */
export interface Beginning {
  /** It tells what comes after this event. */
  readonly from: number;
  /** It does not go on where the client was. */
  readonly isAnew: boolean;
  /** The client was somewhere, and what followed is not known any more. */
  readonly isReset: boolean;
}

/**
 * Behind the event that the client saw last, else now. An id that was never given belongs to
 * another database: what followed it is as unknown as what was pruned.
 */
export function beginningOf(
  events: Pick<EventStore, 'lastId' | 'prunedTo'>,
  after: number | undefined,
): Beginning {
  const lastId = events.lastId();
  if (after === undefined) return { from: lastId, isAnew: true, isReset: false };
  const isKnown = after >= events.prunedTo() && after <= lastId;
  if (!isKnown) return { from: lastId, isAnew: true, isReset: true };
  return { from: after, isAnew: false, isReset: false };
}
