import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { TaskRow } from '../store/tasks.js';
import { initNumber } from '../worker/task.js';

/** A segment, or the init segment (initNumber), that a viewer waits for. */
interface Wait {
  readonly renditionId: string;
  readonly number: number;
}

/** A player that was told to ask again in a second is one that waits, for so long. */
const comingBackMs = 3_000;

/** What viewers wait for right now. */
export class Waits {
  /** With the time at which each ends by itself. */
  readonly #all = new Map<Wait, number>();

  constructor(
    private readonly store: Pick<Store, 'renditions' | 'segments'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Returns what is to be called when the viewer has it, has left, or is told to come back. */
  begin(wait: Wait): (isComingBack: boolean) => void {
    const own = { ...wait };
    this.#forgetEnded();
    this.#all.set(own, Infinity);
    return (isComingBack) => {
      if (isComingBack) this.#all.set(own, this.clock.now() + comingBackMs);
      else this.#all.delete(own);
    };
  }

  /** Whether somebody waits for what a task is to make. */
  areFor({ renditions, firstSegment, segments }: TaskRow): boolean {
    this.#forgetEnded();
    return [...this.#all.keys()].some((wait) => {
      const number = wait.number === initNumber ? 0 : wait.number;
      const isIn = number >= firstSegment && number < firstSegment + segments;
      return isIn && renditions.includes(wait.renditionId) && !this.#isThere(wait);
    });
  }

  #forgetEnded(): void {
    for (const [wait, end] of this.#all) if (end < this.clock.now()) this.#all.delete(wait);
  }

  #isThere({ renditionId, number }: Wait): boolean {
    if (number !== initNumber) return this.store.segments.find(renditionId, number) !== undefined;
    return (this.store.renditions.find(renditionId)?.initBytes ?? null) !== null;
  }
}
