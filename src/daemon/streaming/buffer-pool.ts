/**
 * Memory that is used again instead of left to the garbage collector, which takes large buffers back late
 * and at a price; new memory costs the system as much as reading a file into it.
 */
export class BufferPool {
  #free: ArrayBuffer[] = [];
  #bytes = 0;

  /** `maxBytes`: how much may lie unused. */
  constructor(private readonly maxBytes: number) {}

  /** Of `capacityFor(sizeBytes)`, with anything in it. */
  take(sizeBytes: number): ArrayBuffer {
    const capacity = capacityFor(sizeBytes);
    const at = this.#free.findIndex(({ byteLength }) => byteLength === capacity);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    this.#bytes -= found?.byteLength ?? 0;
    return found ?? Buffer.allocUnsafeSlow(capacity).buffer;
  }

  /** Nobody may have it in use any more. */
  giveBack(buffer: ArrayBuffer): void {
    this.#free.push(buffer);
    this.#bytes += buffer.byteLength;
    while (this.#bytes > this.maxBytes) this.#bytes -= this.#free.shift()?.byteLength ?? 0;
  }

  /** Leaves all that is unused to the garbage collector. */
  clear(): void {
    this.#free = [];
    this.#bytes = 0;
  }
}

/** Less than a quarter more, so that segments of one rendition fit into each other's place. */
export function capacityFor(sizeBytes: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, sizeBytes))) - 2);
  return Math.max(1, Math.ceil(sizeBytes / step) * step);
}
