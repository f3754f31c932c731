import { initNumber } from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { demandSegment, forgetDemand } from './demand.js';
import type { Scheduler } from '../running/scheduler.js';
import type { Wait } from '../context/waits.js';

/** A player that was told to ask again in a second is one that waits, for so long. */
const comingBackMs = 3_000;
/** Who has a segment is about to ask for the next: for so long it goes on being made for him. */
const goingOnMs = 500;

/** What viewers demand, from when they begin to wait until they have it, have left, or do not come back. */
export class Demands {
  readonly #timers = new Set<NodeJS.Timeout>();
  #isClosed = false;

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
      if (isComingBack) this.#later(comingBackMs, end);
      else end();
    };
  }

  /** Nobody comes back to a daemon that stops. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #demand({ renditionId, number }: Wait): void {
    demandSegment(this.context, this.scheduler, renditionId, number);
  }

  /** Nobody waits for it any more. What others wait for may have had to wait for that: see `hurry`. */
  #ended(wait: Wait): void {
    const { renditionId, number } = wait;
    if (this.#hasNext(wait)) this.#later(goingOnMs, () => this.#forget(renditionId, number + 1));
    else forgetDemand(this.context, renditionId, number);
    this.#demandOthers();
  }

  /** Who has the init segment may go on anywhere. */
  #hasNext({ renditionId, number }: Wait): boolean {
    const { segments } = this.context.store;
    return number !== initNumber && segments.find(renditionId, number) !== undefined;
  }

  #forget(renditionId: string, number: number): void {
    forgetDemand(this.context, renditionId, number);
    this.#demandOthers();
  }

  #demandOthers(): void {
    const { waits, bus } = this.context;
    for (const other of waits.parts) this.#demand(other);
    this.scheduler.makeRoomForWaiting();
    bus.emit('waits');
  }

  #later(afterMs: number, act: () => void): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, afterMs);
    this.#timers.add(timer.unref());
  }
}
