/** ISO base media boxes (ISO/IEC 14496-12): reading and writing, no I/O. */

export interface Box {
  readonly type: string;
  /** Offset of the whole box, and of what follows its header, in the buffer it was read from. */
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/** Its size and its type: what a box begins with, unless it is larger than 4 GiB. */
export const boxHeaderBytes = 8;

/**
 * The header of the box at `start`, or undefined when the buffer does not hold a whole header yet.
 * Throws RangeError on a size that no box can have.
 */
export function readBoxHeader(bytes: Buffer, start: number): Box | undefined {
  if (bytes.length - start < 8) return undefined;
  const type = bytes.toString('latin1', start + 4, start + 8);
  const size32 = bytes.readUInt32BE(start);
  if (size32 !== 1) return checkedBox(type, start, start + 8, start + size32);
  if (bytes.length - start < 16) return undefined;
  const size64 = Number(bytes.readBigUInt64BE(start + 8));
  return checkedBox(type, start, start + 16, start + size64);
}

function checkedBox(type: string, start: number, body: number, end: number): Box {
  if (end < body) throw new RangeError(`box ${JSON.stringify(type)} has size ${end - start}`);
  return { type, start, body, end };
}

/** More than any box has children: millions of empty ones are somebody's way to keep us busy. */
const mostBoxes = 1000;

/** The boxes between two offsets. Throws RangeError when they do not fill them exactly, or are too many. */
export function readBoxes(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = [];
  for (let offset = from; offset < to;) {
    const box = readBoxHeader(bytes, offset);
    if (box === undefined || box.end > to) throw new RangeError(`cut-off box at byte ${offset}`);
    if (boxes.length === mostBoxes) throw new RangeError(`more than ${mostBoxes} boxes`);
    boxes.push(box);
    offset = box.end;
  }
  return boxes;
}

/** The first box along a path of types, such as `['trak', 'mdia', 'mdhd']`, below `parent`. */
export function findBox(
  bytes: Buffer,
  parent: Pick<Box, 'body' | 'end'>,
  path: readonly string[],
): Box | undefined {
  const [type, ...rest] = path;
  const box = readBoxes(bytes, parent.body, parent.end).find((child) => child.type === type);
  return box === undefined || rest.length === 0 ? box : findBox(bytes, box, rest);
}

/** As findBox, for a box that must be there. */
export function requireBox(
  bytes: Buffer,
  parent: Pick<Box, 'body' | 'end'>,
  path: readonly string[],
): Box {
  const box = findBox(bytes, parent, path);
  if (box === undefined) throw new RangeError(`no box ${path.join('/')}`);
  return box;
}

/** A box of the given type around its parts. */
export function writeBox(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...parts], size);
}

/** A full box: version and 24 bits of flags before its parts. */
export function writeFullBox(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Uint8Array[]
): Buffer {
  return writeBox(type, uint32(version * 0x1000000 + flags), ...parts);
}

export function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
