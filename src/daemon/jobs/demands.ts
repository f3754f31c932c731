import type { JobContext } from './context.js';
import { demandSegment, forgetDemand } from './demand.js';
import type { Scheduler } from './scheduler.js';
import type { Wait } from './waits.js';

/** A player that was told to ask again in a second is one that waits, for so long. */
const comingBackMs = 3_000;

/** What viewers demand, from when they begin to wait until they have it, have left, or do not come back. */
export class Demands {
  readonly #comingBack = new Set<NodeJS.Timeout>();

  constructor(
    private readonly context: JobContext,
    private readonly scheduler: Scheduler,
  ) {}

  /** Returns what is to be called when the viewer has it, has left, or is told to come back. */
  begin(wait: Wait): (isComingBack?: boolean) => void {
    const { waits, bus } = this.context;
    const leave = waits.begin(wait);
    const end = () => {
      if (leave()) this.#ended(wait);
    };
    try {
      this.#demand(wait);
    } catch (error) {
      leave();
      throw error;
    }
    bus.emit('waits');
    return (isComingBack = false) => {
      if (isComingBack) this.#later(end);
      else end();
    };
  }

  /** Nobody comes back to a daemon that stops. */
  close(): void {
    for (const timer of this.#comingBack) clearTimeout(timer);
    this.#comingBack.clear();
  }

  #demand({ renditionId, number }: Wait): void {
    demandSegment(this.context, this.scheduler, renditionId, number);
  }

  /** Nobody waits for it any more. What others wait for may have had to wait for that: see `hurry`. */
  #ended(wait: Wait): void {
    const { waits, bus } = this.context;
    forgetDemand(this.context, wait.renditionId, wait.number);
    for (const other of waits.parts) this.#demand(other);
    this.scheduler.makeRoomForWaiting();
    bus.emit('waits');
  }

  #later(end: () => void): void {
    const timer = setTimeout(() => {
      this.#comingBack.delete(timer);
      end();
    }, comingBackMs);
    this.#comingBack.add(timer.unref());
  }
}
