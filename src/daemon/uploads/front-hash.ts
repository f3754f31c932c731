import { createHash } from 'node:crypto';
import type { ByteBudget } from './byte-budget.js';
import type { ByteRange } from './gaps.js';
import { hashSlices } from './hash-slices.js';
import { lengthOf, type Pieces } from './pieces.js';

const readBytes = 4 * 1024 * 1024;

export interface FrontHashSource {
  readonly sizeBytes: number;
  /** The received range that covers a byte, if that byte is there. */
  covering(byte: number): ByteRange | undefined;
  read(range: ByteRange): Promise<Buffer>;
}

/**
 * The SHA-256 of a whole file, made while its ranges arrive in any order: it follows the contiguous
 * front. A range ahead of the front waits in memory while the budget allows, else it is read back.
 */
export class FrontHash {
  readonly #hash = createHash('sha256');
  readonly #held = new Map<number, Pieces>();
  #front = 0;
  #advancing: Promise<void> | undefined;

  constructor(
    private readonly source: FrontHashSource,
    private readonly budget: ByteBudget,
  ) {}

  /** A range was received and recorded. The bytes must not be changed afterwards. */
  received(start: number, pieces: Pieces): void {
    const isAhead = start >= this.#front;
    if (isAhead && this.budget.tryTake(lengthOf(pieces))) this.#held.set(start, pieces);
    this.catchUp();
  }

  /** Goes as far as there are bytes, in the background; a failed read is met again by `digest`. */
  catchUp(): void {
    this.#advance().catch(() => undefined);
  }

  /** Of the whole file, of which every range must have been received; lower case hexadecimal. */
  async digest(): Promise<string> {
    await this.#advance();
    // A range may have arrived just as the last advance ended.
    await this.#advance();
    if (this.#front < this.source.sizeBytes) throw new Error(`no bytes at ${this.#front}`);
    return this.#hash.copy().digest('hex');
  }

  /** Gives back what it holds in memory. */
  dispose(): void {
    for (const pieces of this.#held.values()) this.budget.give(lengthOf(pieces));
    this.#held.clear();
  }

  #advance(): Promise<void> {
    this.#advancing ??= this.#follow().finally(() => {
      this.#advancing = undefined;
    });
    return this.#advancing;
  }

  async #follow(): Promise<void> {
    for (let pieces = await this.#next(); pieces; pieces = await this.#next()) {
      await hashSlices(this.#hash, pieces);
      this.#front += lengthOf(pieces);
    }
  }

  async #next(): Promise<Pieces | undefined> {
    const held = this.#held.get(this.#front);
    if (held !== undefined) {
      this.#held.delete(this.#front);
      this.budget.give(lengthOf(held));
      return held;
    }
    const range = this.source.covering(this.#front);
    if (range === undefined) return undefined;
    const end = Math.min(range.end, this.#front + readBytes);
    const bytes = await this.source.read({ start: this.#front, end });
    if (bytes.length === end - this.#front) return [bytes];
    throw new Error(`expected bytes up to ${end}, the file is shorter`);
  }
}
