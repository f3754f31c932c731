/** HEVC as MP4 has it: units behind their length in four bytes (ISO/IEC 14496-15, 8.3). Pure. */

interface Unit {
  /** nal_unit_type, ITU-T H.265 table 7-1. */
  readonly type: number;
  /** From its length on. */
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const parameterSets = { video: 32, sequence: 33, picture: 34 } as const;
const setTypes: readonly number[] = Object.values(parameterSets);
const lengthBytes = 4;

/**
 * The units that begin in these bytes, the beginning of a sample of `sizeBytes`: without what lies behind one that
 * goes beyond the sample; in a damaged file there are such.
 */
export function hevcUnits(data: Uint8Array, sizeBytes = data.length): Unit[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const units: Unit[] = [];
  for (let start = 0; start + lengthBytes < data.length;) {
    const body = start + lengthBytes;
    const end = body + view.getUint32(start);
    if (end > sizeBytes) break;
    if (end > body) units.push({ type: typeOf(data[body] ?? 0), start, body, end });
    start = end;
  }
  return units;
}

function typeOf(firstByte: number): number {
  return (firstByte >> 1) & 0x3f;
}

/** The parameter sets among these units of a sample. */
export function setsAmong(units: readonly Unit[], data: Uint8Array): Uint8Array[] {
  return units
    .filter(({ type }) => setTypes.includes(type))
    .map(({ body, end }) => data.subarray(body, end));
}

/** The same without these sets: under `hvc1` they stand in the init segment alone. */
export function withoutSets(data: Uint8Array, sets: readonly Uint8Array[]): Uint8Array {
  const left = hevcUnits(data).filter(
    ({ type, body, end }) => setTypes.includes(type) && isOneOf(data.subarray(body, end), sets),
  );
  if (left.length === 0) return data;
  const starts = [0, ...left.map(({ end }) => end)];
  const ends = [...left.map(({ start }) => start), data.length];
  return Buffer.concat(starts.map((start, index) => data.subarray(start, ends[index])));
}

export function isOneOf(set: Uint8Array, sets: readonly Uint8Array[]): boolean {
  return sets.some((known) => Buffer.compare(known, set) === 0);
}

/** Encoders write one of each kind; every sample's sets are compared with them. */
const mostSets = 64;

/**
 * The parameter sets of a hvcC (8.3.3.1); undefined where one of the three kinds is missing, there are
 * more than anybody needs, or units are not behind four bytes of length.
 */
export function setsOfConfiguration(hvcC: Uint8Array): Uint8Array[] | undefined {
  if (hvcC[0] !== 1 || hvcC.length < 23 || ((hvcC[21] ?? 0) & 3) !== lengthBytes - 1)
    return undefined;
  const view = new DataView(hvcC.buffer, hvcC.byteOffset, hvcC.byteLength);
  const sets: Uint8Array[] = [];
  for (let at = 23, arrays = hvcC[22] ?? 0; arrays > 0; arrays -= 1) {
    if (at + 3 > hvcC.length) return undefined;
    let units = view.getUint16(at + 1);
    for (at += 3; units > 0; units -= 1) {
      const end = at + 2 <= hvcC.length ? at + 2 + view.getUint16(at) : Infinity;
      if (end > hvcC.length || sets.length === mostSets) return undefined;
      sets.push(hvcC.subarray(at + 2, end));
      at = end;
    }
  }
  const types = sets.map((set) => typeOf(set[0] ?? 0));
  return setTypes.every((type) => types.includes(type)) ? sets : undefined;
}
