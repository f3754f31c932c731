import { openRegularFile } from './file-bytes.js';
import { earliestComposition } from './fragment-head.js';
import { readSegmentHead } from './segment-head.js';

const maxRemembered = 200;
const readAtOnce = 8;

/**
 * How far the composition offsets of a rendition reach below zero, in ticks. Found by reading the
 * heads of all its segments once; remembered, since a complete rendition does not change.
 */
export class CompositionDelays {
  readonly #delays = new Map<string, Promise<number>>();

  /** `paths` are the segments of a complete rendition. Throws INTERNAL on one that is damaged. */
  of(renditionId: string, paths: readonly string[]): Promise<number> {
    const known = this.#delays.get(renditionId);
    if (known !== undefined) return known;
    const delay = longest(paths);
    this.#delays.set(renditionId, delay);
    const [oldest] = this.#delays.keys();
    if (oldest !== undefined && this.#delays.size > maxRemembered) this.#delays.delete(oldest);
    delay.catch(() => this.#delays.delete(renditionId));
    return delay;
  }
}

async function longest(paths: readonly string[]): Promise<number> {
  let delay = 0;
  for (let next = 0; next < paths.length; next += readAtOnce) {
    const batch = paths.slice(next, next + readAtOnce).map(earliestIn);
    delay = Math.max(delay, ...(await Promise.all(batch)));
  }
  return delay;
}

async function earliestIn(path: string): Promise<number> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    return earliestComposition(await readSegmentHead(handle, sizeBytes));
  } finally {
    await handle.close();
  }
}
