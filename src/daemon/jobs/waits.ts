import type { Store } from '../store/store.js';
import type { TaskRow } from '../store/tasks.js';
import { initNumber } from '../worker/task.js';

/** A segment, or the init segment (initNumber), that a viewer waits for. */
interface Wait {
  readonly renditionId: string;
  readonly number: number;
}

/** What viewers wait for right now. */
export class Waits {
  readonly #all = new Set<Wait>();

  constructor(private readonly store: Pick<Store, 'renditions' | 'segments'>) {}

  /** Returns what is to be called when the viewer has it, or has left. */
  begin(wait: Wait): () => void {
    const own = { ...wait };
    this.#all.add(own);
    return () => void this.#all.delete(own);
  }

  /** Whether somebody waits for what a task is to make. */
  areFor({ renditions, firstSegment, segments }: TaskRow): boolean {
    return [...this.#all].some((wait) => {
      const number = wait.number === initNumber ? 0 : wait.number;
      const isIn = number >= firstSegment && number < firstSegment + segments;
      return isIn && renditions.includes(wait.renditionId) && !this.#isThere(wait);
    });
  }

  #isThere({ renditionId, number }: Wait): boolean {
    if (number !== initNumber) return this.store.segments.find(renditionId, number) !== undefined;
    return (this.store.renditions.find(renditionId)?.initBytes ?? null) !== null;
  }
}
