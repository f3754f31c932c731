/** Where files say that they end, in bytes; undefined where one says nothing of it, or is another. */
import type { ReadBytes } from './bytes.js';
import { findSegment } from './matroska-head.js';

/** Where any file says so that is read here. */
export async function declaredEnd(read: ReadBytes): Promise<number | undefined> {
  return (
    (await matroskaEnd(read)) ??
    (await aviEnd(read)) ??
    (await asfEnd(read)) ??
    (await flashEnd(read))
  );
}

/** The end of the segment (RFC 9559); a live one has none. */
async function matroskaEnd(read: ReadBytes): Promise<number | undefined> {
  const end = (await findSegment(read))?.end;
  return end === Infinity ? undefined : end;
}

const openEnded = 0xff_ff_ff_ff;
/** A gigabyte each. */
const mostRiffs = 10_000;

/** The end of the last chunk of RIFF (OpenDML has several): its id, its size in 4 bytes, its type. */
async function aviEnd(read: ReadBytes): Promise<number | undefined> {
  let end: number | undefined;
  for (let count = 0; count < mostRiffs; count += 1) {
    const head = await read(end ?? 0, 12);
    const type = head.toString('latin1', 8, 12);
    const isNext = head.length === 12 && head.toString('latin1', 0, 4) === 'RIFF';
    if (!isNext || type !== (end === undefined ? 'AVI ' : 'AVIX')) return end;
    const bytes = head.readUInt32LE(4);
    // Nobody came back to write it.
    if (bytes === 0 || bytes === openEnded) return undefined;
    end = (end ?? 0) + 8 + bytes + (bytes % 2);
  }
  return undefined;
}

const asfHeader = '3026b2758e66cf11a6d900aa0062ce6c';
const asfProperties = 'a1dcab8c47a9cf118ee400c00c205365';
/** A header holds scripts and pictures; the properties stand in front. */
const asfHeadBytes = 64 * 1024;

/** The size in the file properties, which are of no worth in a broadcast (ASF specification, 3.2). */
async function asfEnd(read: ReadBytes): Promise<number | undefined> {
  const head = await read(0, asfHeadBytes);
  if (head.toString('hex', 0, 16) !== asfHeader) return undefined;
  const at = head.indexOf(Buffer.from(asfProperties, 'hex'));
  if (at < 0 || at + 92 > head.length) return undefined;
  const isBroadcast = (head.readUInt32LE(at + 88) & 1) === 1;
  const bytes = Number(head.readBigUInt64LE(at + 40));
  return isBroadcast || bytes === 0 ? undefined : bytes;
}

/** `filesize` of `onMetaData`: the name, the type of a number (0), a double. */
const flashSize = Buffer.from('\u0000\u0008filesize\u0000', 'latin1');

async function flashEnd(read: ReadBytes): Promise<number | undefined> {
  const head = await read(0, 64 * 1024);
  if (head.toString('latin1', 0, 3) !== 'FLV') return undefined;
  const at = head.indexOf(flashSize);
  if (at < 0 || at + flashSize.length + 8 > head.length) return undefined;
  const bytes = head.readDoubleBE(at + flashSize.length);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}
