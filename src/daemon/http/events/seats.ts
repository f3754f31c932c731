import { KdramaError } from '../../../shared/errors.js';

/** How many may listen at once. Below the server's connections: others must get in as well. */
export interface SeatLimits {
  readonly inAll: number;
  readonly ofOneViewer: number;
}

export const seatLimits: SeatLimits = { inAll: 320, ofOneViewer: 256 };
const retryAfterSeconds = 10;

/** Gives each stream a seat and takes it back when it ends. */
export class Seats {
  readonly #taken = new Map<string, number>();
  #inAll = 0;

  constructor(private readonly limits: SeatLimits) {}

  /** By everyone. */
  get taken(): number {
    return this.#inAll;
  }

  /** Returns how to give it back. Throws RATE_LIMIT_EXCEEDED (429), SERVER_BUSY (503). */
  take(viewerId: string): () => void {
    const { inAll, ofOneViewer } = this.limits;
    const taken = this.#taken.get(viewerId) ?? 0;
    const details = { retryAfterSeconds };
    if (taken >= ofOneViewer) {
      const detail = `${ofOneViewer} event streams are open already`;
      throw new KdramaError('RATE_LIMIT_EXCEEDED', detail, { details });
    }
    if (this.#inAll >= inAll) {
      throw new KdramaError('SERVER_BUSY', `${inAll} event streams are open`, { details });
    }
    this.#taken.set(viewerId, taken + 1);
    this.#inAll += 1;
    return () => this.#giveBack(viewerId);
  }

  #giveBack(viewerId: string): void {
    const left = (this.#taken.get(viewerId) ?? 1) - 1;
    if (left === 0) this.#taken.delete(viewerId);
    else this.#taken.set(viewerId, left);
    this.#inAll -= 1;
  }
}
