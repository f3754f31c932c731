import { viewersGraceSeconds } from './nearly-done.js';

/** How an attempt stops for a viewer: at once, or with the segment that it makes, where that is nearly done. */
export class GivingWay {
  #begun: { readonly reason: string; readonly timer: NodeJS.Timeout } | undefined;

  constructor(private readonly stop: (reason: string) => void) {}

  get hasBegun(): boolean {
    return this.#begun !== undefined;
  }

  begin(reason: string, isSegmentNearlyDone: boolean): void {
    if (!isSegmentNearlyDone) return this.stop(reason);
    const timer = setTimeout(() => this.stop(reason), viewersGraceSeconds * 1000);
    this.#begun = { reason, timer };
  }

  /** A segment is there in all that is made of it. */
  segmentMade(): void {
    if (this.#begun !== undefined) this.stop(this.#begun.reason);
  }

  /** The attempt has ended by itself, or was stopped. */
  end(): void {
    clearTimeout(this.#begun?.timer);
  }
}
