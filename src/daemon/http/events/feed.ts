import type { Bus } from '../../bus.js';
import type { EventStore, StoredEvent } from '../../store/events.js';
import { RenderedEvent } from './rendered-event.js';

/** Whoever follows the feed. */
export interface Follower {
  /** There may be something new. */
  wake(): void;
  /** There will be nothing more: the daemon stops. */
  close(): void;
}

/** Events that follow a place, and the place behind them. */
export interface Page {
  readonly events: readonly RenderedEvent[];
  readonly cursor: number;
}

/** Enough for followers that read as fast as things happen; the others read the database. */
const ringSize = 512;
const pageSize = 64;

/**
 * What happens, read from the database once for all who follow. Each follower keeps its own place
 * and asks for what comes after it: the newest events from memory, older ones from the database. So
 * a slow one costs no memory, and nothing can fall between catching up and following.
 */
export class EventFeed {
  readonly #followers = new Set<Follower>();
  /** Consecutive events up to `#readTo`; all after `#ringFrom` are in it. */
  #ring: RenderedEvent[] = [];
  #ringFrom = 0;
  #readTo = 0;
  #isDue = false;
  #isClosed = false;

  constructor(
    private readonly events: Pick<EventStore, 'after' | 'ofJob' | 'lastId'>,
    private readonly bus: Bus,
  ) {
    bus.on('event', this.#onEvent);
  }

  get size(): number {
    return this.#followers.size;
  }

  follow(follower: Follower): void {
    if (this.#isClosed) return follower.close();
    if (this.#followers.size === 0) this.#startHere();
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** What comes after a place; `cursor` stays when there is nothing more so far. */
  after(cursor: number, jobId?: string): Page {
    if (cursor >= this.#readTo) return { events: [], cursor };
    if (cursor >= this.#ringFrom) {
      const events = this.#ring.slice(this.#ring.findLastIndex(({ id }) => id <= cursor) + 1);
      return { events, cursor: this.#readTo };
    }
    const stored =
      jobId === undefined
        ? this.events.after(cursor, pageSize)
        : this.events.ofJob(jobId, cursor, pageSize);
    const events = stored.filter(({ id }) => id <= this.#readTo).map(render);
    const isLast = events.length < pageSize;
    return { events, cursor: isLast ? this.#readTo : (events.at(-1)?.id ?? this.#readTo) };
  }

  /** Ends every stream at once. */
  close(): void {
    this.#isClosed = true;
    this.bus.off('event', this.#onEvent);
    for (const follower of this.#followers) follower.close();
    this.#followers.clear();
  }

  /** Nobody followed: what happened meanwhile is nobody's news. */
  #startHere(): void {
    this.#ring = [];
    this.#readTo = this.events.lastId();
    this.#ringFrom = this.#readTo;
  }

  /** Several commits of one turn of the event loop are read together. */
  readonly #onEvent = (): void => {
    if (this.#isDue || this.#followers.size === 0) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      if (!this.#isClosed) this.#readOn();
    });
  };

  #readOn(): void {
    for (let page = this.#next(); page.length > 0; page = this.#next()) {
      this.#ring.push(...page.map(render));
      this.#readTo = page.at(-1)?.id ?? this.#readTo;
    }
    const dropped = this.#ring.splice(0, Math.max(0, this.#ring.length - ringSize));
    this.#ringFrom = dropped.at(-1)?.id ?? this.#ringFrom;
    for (const follower of this.#followers) follower.wake();
  }

  #next(): StoredEvent[] {
    return this.events.after(this.#readTo, ringSize);
  }
}

function render(event: StoredEvent): RenderedEvent {
  return new RenderedEvent(event);
}
