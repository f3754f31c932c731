import type { Store } from '../../store/store.js';
import type { TaskRow } from '../../store/tasks.js';
import { initNumber } from '../../worker/task.js';

/** A segment, or the init segment (initNumber), that a viewer waits for. */
export interface Wait {
  readonly renditionId: string;
  readonly number: number;
}

/** What viewers wait for right now: each part once, however many wait for it. */
export class Waits {
  readonly #all = new Map<string, { readonly wait: Wait; viewers: number }>();

  constructor(private readonly store: Pick<Store, 'renditions' | 'segments'>) {}

  /** Returns what is to be called once when the viewer waits no more; it answers whether nobody does for this part. */
  begin(wait: Wait): () => boolean {
    const key = `${wait.renditionId}/${wait.number}`;
    const part = this.#all.get(key) ?? { wait, viewers: 0 };
    part.viewers += 1;
    this.#all.set(key, part);
    return () => {
      part.viewers -= 1;
      return part.viewers === 0 && this.#all.delete(key);
    };
  }

  get parts(): readonly Wait[] {
    return [...this.#all.values()].map(({ wait }) => wait);
  }

  /** Whether somebody waits for what a task is to make. */
  areFor({
    renditions,
    firstSegment,
    segments,
  }: Pick<TaskRow, 'renditions' | 'firstSegment' | 'segments'>): boolean {
    return this.parts.some((wait) => {
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
