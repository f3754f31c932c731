import { createHash } from 'node:crypto';
import type { ByteBudget } from './byte-budget.js';
import type { ByteRange } from './gaps.js';
import { hashSlices } from './hash-slices.js';

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
  readonly #held = new Map<number, Uint8Array>();
  #front = 0;
  #advancing: Promise<void> | undefined;

  constructor(
    private readonly source: FrontHashSource,
    private readonly budget: ByteBudget,
  ) {}

  /** A range was received and recorded. The bytes must not be changed afterwards. */
  received(start: number, bytes: Uint8Array): void {
    if (start >= this.#front && this.budget.tryTake(bytes.length)) this.#held.set(start, bytes);
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
    for (const bytes of this.#held.values()) this.budget.give(bytes.length);
    this.#held.clear();
  }

  #advance(): Promise<void> {
    this.#advancing ??= this.#follow().finally(() => {
      this.#advancing = undefined;
    });
    return this.#advancing;
  }

  async #follow(): Promise<void> {
    for (let bytes = await this.#next(); bytes !== undefined; bytes = await this.#next()) {
      await hashSlices(this.#hash, bytes);
      this.#front += bytes.length;
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    const held = this.#held.get(this.#front);
    if (held !== undefined) {
      this.#held.delete(this.#front);
      this.budget.give(held.length);
      return held;
    }
    const range = this.source.covering(this.#front);
    if (range === undefined) return undefined;
    const end = Math.min(range.end, this.#front + readBytes);
    const bytes = await this.source.read({ start: this.#front, end });
    if (bytes.length === end - this.#front) return bytes;
    throw new Error(`expected bytes up to ${end}, the file is shorter`);
  }
}
