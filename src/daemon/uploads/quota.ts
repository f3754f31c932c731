import { KdramaError } from '../../shared/errors.js';

/** Bytes of a body of unknown length are reserved so many at a time. */
const stepBytes = 16 * 1024 ** 2;

/** What one upload has reserved while no row says so. */
export interface Room {
  /** Throws UPLOAD_QUOTA_EXCEEDED when it does not fit. */
  growTo(bytes: number): void;
}

export interface QuotaSources {
  /** undefined: no limit. */
  readonly limitOf: (owner: string) => number | undefined;
  /** What rows say: videos and unfinished uploads. */
  readonly usedBy: (owner: string) => number;
}

/** What the videos and uploads of one person may take, in bytes. */
export class Quota {
  readonly #reserved = new Map<string, number>();

  constructor(private readonly sources: QuotaSources) {}

  /**
   * Does something while that many bytes are reserved, so that uploads which begin at the same
   * moment see each other. Throws UPLOAD_QUOTA_EXCEEDED.
   */
  async during<T>(owner: string, bytes: number, work: (room: Room) => Promise<T>): Promise<T> {
    let own = 0;
    const growTo = (total: number) => {
      if (total <= own) return;
      const step = Math.max(total - own, stepBytes);
      const more = own > 0 && this.#fits(owner, step) ? step : total - own;
      if (!this.#fits(owner, more)) throw this.#exceeded(owner, more);
      this.#add(owner, more);
      own += more;
    };
    try {
      growTo(bytes);
      return await work({ growTo });
    } finally {
      this.#add(owner, -own);
    }
  }

  #used(owner: string): number {
    return this.sources.usedBy(owner) + (this.#reserved.get(owner) ?? 0);
  }

  #fits(owner: string, bytes: number): boolean {
    const limit = this.sources.limitOf(owner);
    return limit === undefined || this.#used(owner) + bytes <= limit;
  }

  #add(owner: string, bytes: number): void {
    const reserved = (this.#reserved.get(owner) ?? 0) + bytes;
    if (reserved === 0) this.#reserved.delete(owner);
    else this.#reserved.set(owner, reserved);
  }

  #exceeded(owner: string, neededBytes: number): KdramaError {
    const [quotaBytes, usedBytes] = [this.sources.limitOf(owner), this.#used(owner)];
    const detail = `expected at most ${quotaBytes} bytes in all, got ${usedBytes} and ${neededBytes} more`;
    const details = { quotaBytes, usedBytes, neededBytes };
    return new KdramaError('UPLOAD_QUOTA_EXCEEDED', detail, { details });
  }
}
