import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { Packet } from '../ffmpeg/raw-packets.js';

/** The beginnings of large sources, as they were listed for their plans. */
const beginnings = new LRUCache<string, readonly Packet[]>({ max: 16 });

/** `packets`: the first ones of a stream, in decode order. */
export async function rememberBeginning(
  path: string,
  streamIndex: number,
  packets: readonly Packet[],
): Promise<void> {
  beginnings.set(await keyOf(path, streamIndex), packets);
}

/**
 * The first packets of a stream up to one at `untilTicks` or later; undefined where so many were not listed. What
 * begins is made right after its plan, and somebody waits for it: half its time went by listing them once more.
 */
export async function knownBeginning(
  path: string,
  streamIndex: number,
  untilTicks: number,
): Promise<readonly Packet[] | undefined> {
  if (beginnings.size === 0) return undefined;
  const packets = beginnings.get(await keyOf(path, streamIndex));
  const isEnough = packets?.some(({ ticks = 0 }) => ticks >= untilTicks) ?? false;
  return isEnough ? packets : undefined;
}

async function keyOf(path: string, streamIndex: number): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return [streamIndex, size, mtimeMs, path].join(' ');
}
