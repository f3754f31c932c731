import { toSeconds } from '../../../shared/time.js';
import type { Rendition } from '../../store/renditions.js';
import type { Publication } from '../../worker/task.js';
import { workPerSecond } from './progress.js';

/** What one attempt has made but not published yet, as work (see progress.ts). */
export class MadeWork {
  readonly #perSecond: ReadonlyMap<string, number>;
  readonly #boundaries: readonly number[];
  #madeSeconds = 0;
  #published = 0;

  constructor(renditions: readonly Rendition[], boundaries: readonly number[]) {
    this.#perSecond = new Map(renditions.map((row) => [row.id, workPerSecond(row)]));
    this.#boundaries = boundaries;
  }

  made(doneTicks: number): void {
    this.#madeSeconds = Math.max(this.#madeSeconds, toSeconds(doneTicks));
  }

  published({ renditionId, number }: Publication): void {
    const start = this.#boundaries[number];
    const end = this.#boundaries[number + 1];
    if (start === undefined || end === undefined) return;
    this.#published += (this.#perSecond.get(renditionId) ?? 0) * toSeconds(end - start);
  }

  /** Seconds of media, of each rendition. */
  get madeSeconds(): number {
    return this.#madeSeconds;
  }

  get inFlight(): number {
    const perSecond = [...this.#perSecond.values()].reduce((sum, one) => sum + one, 0);
    return Math.max(0, perSecond * this.#madeSeconds - this.#published);
  }
}
