import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.js';
import { BufferPool, capacityFor } from './buffer-pool.js';
import { FileCopy, type HeldFile } from './file-copy.js';
import { readWhole } from './file-bytes.js';

export interface SegmentMemoryParts {
  /** For files that may be asked for again. */
  readonly keptBytes: number;
  /** Beside those: for files that are being read, and forgotten ones that are still being sent. */
  readonly spareBytes: number;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Is told whether what was asked for was there, or at least on its way. */
  readonly onRead?: ((isHit: boolean) => void) | undefined;
}

/** Viewers of one episode that are further apart than this read a segment once each. */
const unaskedMs = 60_000;
/** How exactly that is kept. */
const clockStepMs = 1_000;

interface Kept {
  readonly copy: FileCopy;
  readonly held: HeldFile;
}

/**
 * Files in demand, which never change, in memory: read once however many ask, the least recently used
 * forgotten. Whether a file may still be sent is for its row to say, not for this.
 */
export class SegmentMemory {
  readonly #parts: SegmentMemoryParts;
  readonly #kept: LRUCache<string, Kept>;
  readonly #underWay = new Map<string, Promise<FileCopy>>();
  readonly #pool: BufferPool;
  #bytes = 0;

  constructor(parts: SegmentMemoryParts) {
    this.#parts = parts;
    this.#pool = new BufferPool(parts.spareBytes);
    this.#kept = new LRUCache({
      maxSize: parts.keptBytes,
      sizeCalculation: ({ copy }) => copy.bytes.buffer.byteLength,
      dispose: ({ held }) => held.release(),
      ttl: unaskedMs,
      ttlResolution: clockStepMs,
      ttlAutopurge: true,
      updateAgeOnGet: true,
      perf: { now: () => parts.clock.monotonic() },
    });
  }

  /** What all files in memory take up, with those that are being read or only still being sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * A file of exactly `sizeBytes`; undefined where memory has no room for it now: it is to be sent in
   * pieces. Throws NOT_FOUND, INTERNAL (another size).
   */
  async hold(path: string, sizeBytes: number): Promise<HeldFile | undefined> {
    const kept = this.#kept.get(path);
    const underWay = this.#underWay.get(path);
    this.#parts.onRead?.((kept ?? underWay) !== undefined);
    if (kept !== undefined) return kept.copy.hold();
    if (underWay !== undefined) return (await underWay).hold();
    return this.#hasRoomFor(sizeBytes) ? this.#read(path, sizeBytes) : undefined;
  }

  /** Forgets what lies below a directory; what is on its way there is not kept. */
  forget(directory: string): void {
    const isBelow = (path: string) => path.startsWith(`${directory}/`);
    for (const path of [...this.#kept.keys()].filter(isBelow)) this.#kept.delete(path);
    for (const path of [...this.#underWay.keys()].filter(isBelow)) this.#underWay.delete(path);
  }

  #hasRoomFor(sizeBytes: number): boolean {
    const { keptBytes, spareBytes } = this.#parts;
    const needed = capacityFor(sizeBytes);
    return needed <= keptBytes && this.#bytes + needed <= keptBytes + spareBytes;
  }

  async #read(path: string, sizeBytes: number): Promise<HeldFile> {
    const reading = this.#copyOf(path, sizeBytes);
    this.#underWay.set(path, reading);
    const isWanted = () => this.#underWay.get(path) === reading;
    try {
      const copy = await reading;
      if (isWanted()) this.#kept.set(path, { copy, held: copy.hold() });
      return copy.hold();
    } finally {
      if (isWanted()) this.#underWay.delete(path);
    }
  }

  /** It is held until all who wait for it now have had their turn. */
  async #copyOf(path: string, sizeBytes: number): Promise<FileCopy> {
    const buffer = this.#pool.take(sizeBytes);
    this.#bytes += buffer.byteLength;
    const bytes = new Uint8Array(buffer, 0, sizeBytes);
    const copy = new FileCopy(bytes, () => {
      this.#bytes -= buffer.byteLength;
      this.#pool.giveBack(buffer);
      if (this.#bytes === 0) this.#pool.clear();
    });
    const { release } = copy.hold();
    try {
      await readWhole(path, bytes);
      return copy;
    } finally {
      setImmediate(release);
    }
  }
}
