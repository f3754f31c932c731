import type { StoredEvent } from '../../store/events.js';
import type { EventFeed, Follower } from './feed.js';
import type { Form } from './form.js';

/** How a stream watches itself. */
export interface StreamTiming {
  readonly heartbeatMs: number;
  /** A reader that takes nothing for so many heartbeats is cut off; it can resume by id. */
  readonly patience: number;
}

export const streamTiming: StreamTiming = { heartbeatMs: 15_000, patience: 4 };

/** What one client listens to. */
export interface Listening {
  readonly feed: EventFeed;
  readonly form: Form;
  /** It gets what comes after this. */
  readonly from: number;
  /** Before all events. */
  readonly opening: string;
  /** Only this job. */
  readonly jobId?: string;
  readonly isFor: (event: StoredEvent) => boolean;
  /** Everything was told and nothing more will come. Asked when an event, or none yet, was last. */
  readonly isOver: (last: StoredEvent | undefined) => boolean;
  /** Asked at each heartbeat: credentials end, jobs are removed. */
  readonly mayGoOn: () => Promise<boolean>;
  readonly timing: StreamTiming;
  readonly clock: { now(): number };
  /** Cuts the connection of a reader that does not read. */
  readonly cutOff: () => void;
  readonly onEnd: () => void;
}

type Controller = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

/** A stream of events to one client. It is pulled: what the client does not take is not made. */
export function eventStream(listening: Listening): ReadableStream<Uint8Array<ArrayBuffer>> {
  const listener = new Listener(listening);
  return new ReadableStream({
    start: (controller) => listener.start(controller),
    pull: () => listener.pull(),
    cancel: () => listener.end(),
  });
}

class Listener implements Follower {
  #controller: Controller | undefined;
  #cursor: number;
  #last: StoredEvent | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beatsSincePull = 0;
  #isBeatDue = false;
  #resume: (() => void) | undefined;

  constructor(private readonly to: Listening) {
    this.#cursor = to.from;
  }

  start(controller: Controller): void {
    this.#controller = controller;
    this.#timer = setInterval(() => this.#beat(), this.to.timing.heartbeatMs).unref();
    this.#send(new TextEncoder().encode(this.to.opening));
    this.to.feed.follow(this);
  }

  /** Ends when something was handed over, or nothing will be. */
  async pull(): Promise<void> {
    this.#beatsSincePull = 0;
    while (this.#controller !== undefined) {
      const before = this.#cursor;
      if (this.#sendNews() || this.#sendHeartbeat()) return;
      if (this.#cursor !== before) await turnOfOthers();
      else if (this.to.isOver(this.#last)) this.close();
      else await new Promise<void>((resolve) => (this.#resume = resolve));
    }
  }

  wake(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  /** What was handed over still arrives. */
  close(): void {
    this.#controller?.close();
    this.end();
  }

  end(): void {
    if (this.#controller === undefined) return;
    this.#controller = undefined;
    clearInterval(this.#timer);
    this.to.feed.leave(this);
    this.to.onEnd();
    this.wake();
  }

  #sendNews(): boolean {
    const { events, cursor } = this.to.feed.after(this.#cursor, this.to.jobId);
    this.#cursor = cursor;
    const mine = events.filter(({ event }) => this.to.isFor(event));
    this.#last = mine.at(-1)?.event ?? this.#last;
    return this.#send(Buffer.concat(mine.map((event) => event.as(this.to.form))));
  }

  #sendHeartbeat(): boolean {
    if (!this.#isBeatDue) return false;
    this.#isBeatDue = false;
    const at = new Date(this.to.clock.now()).toISOString();
    const note = { id: this.#cursor, type: 'heartbeat', jobId: null, at, data: null } as const;
    return this.#send(new TextEncoder().encode(this.to.form.line(note)));
  }

  #send(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (bytes.length === 0) return false;
    this.#controller?.enqueue(bytes);
    return true;
  }

  #beat(): void {
    this.#beatsSincePull += 1;
    if (this.#beatsSincePull > this.to.timing.patience) {
      this.end();
      return this.to.cutOff();
    }
    this.#isBeatDue = true;
    this.wake();
    this.to.mayGoOn().then(
      (mayGoOn) => mayGoOn || this.close(),
      () => this.close(),
    );
  }
}

/** Catching up with many events of others must not hold up the event loop. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
