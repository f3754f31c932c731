/** Elements of EBML (RFC 8794), of which Matroska files are made: reading, no I/O. */

export interface Element {
  readonly id: number;
  /** Offsets in the buffer that it was read from. */
  readonly start: number;
  readonly body: number;
  /** Infinity where the size is unknown (live files). */
  readonly end: number;
}

/** The header of the element at `start`; undefined when the buffer does not hold all of it. */
export function readElement(bytes: Buffer, start: number): Element | undefined {
  const idLength = vintLength(bytes[start]);
  if (idLength > 4) return undefined;
  const at = start + idLength;
  const sizeLength = vintLength(bytes[at]);
  const body = at + sizeLength;
  if (sizeLength > 8 || body > bytes.length) return undefined;
  const size = vintValue(bytes, at, sizeLength);
  return { id: bytes.readUIntBE(start, idLength), start, body, end: body + size };
}

/** The elements between two offsets, up to the first that does not fit there. */
export function readElements(bytes: Buffer, from = 0, to = bytes.length): Element[] {
  const elements: Element[] = [];
  for (let at = from; at < to;) {
    const element = readElement(bytes, at);
    if (element === undefined || element.end > to) return elements;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

/** Leading zeros count the bytes: 1 to 8, 9 for what is none. */
export function vintLength(first: number | undefined): number {
  return Math.clz32(first ?? 0) - 23;
}

/** A size or track number without its marker bit; Infinity when all bits are ones. */
export function vintValue(bytes: Buffer, at: number, length: number): number {
  let value = (bytes[at] ?? 0) & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return isUnknown ? Infinity : value;
}

/** The number in the first element with this id, in the body of its parent: up to 53 bits, 0 where it is empty. */
export function numberIn(bytes: Buffer, id: number): number | undefined {
  const element = readElements(bytes).find((each) => each.id === id);
  return element && unsigned(bytes.subarray(element.body, element.end));
}

export function unsigned(bytes: Buffer): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
