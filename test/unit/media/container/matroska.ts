/** Writes the parts of a Matroska file (RFC 9559) that its index is made of. */

export function element(id: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(id), sizeOf(body.length), body]);
}

export function number(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

/** Always in eight bytes, so that offsets do not depend on sizes. */
function sizeOf(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(0x0100000000000000n | BigInt(length));
  return bytes;
}

export interface Frame {
  readonly track: number;
  readonly relativeTime: number;
  readonly data: Uint8Array;
  readonly flags?: number;
}

export function block({ track, relativeTime, data, flags = 0x80 }: Frame): Buffer {
  const head = Buffer.from([0x80 | track, 0, 0, flags]);
  head.writeInt16BE(relativeTime, 1);
  return Buffer.concat([head, data]);
}

export const simpleBlock = (frame: Frame): Buffer => element(0xa3, block(frame));

export interface Track {
  readonly number: number;
  readonly type: number;
  readonly more?: Uint8Array;
}

export interface File {
  readonly tracks: readonly Track[];
  readonly clusters: readonly { readonly time: number; readonly blocks: readonly Uint8Array[] }[];
  /** `block`: which of its cluster; undefined: the cue does not say. */
  readonly cues: readonly {
    readonly time: number;
    readonly track: number;
    readonly cluster: number;
    readonly block?: number;
  }[];
  readonly nanosecondsPerUnit?: number;
}

/** A whole file whose seek head leads to its cues at the end. */
export function matroska({ tracks, clusters, cues, nanosecondsPerUnit = 1_000_000 }: File): Buffer {
  const info = element(0x1549a966, element(0x2ad7b1, number(nanosecondsPerUnit)));
  const trackList = element(
    0x1654ae6b,
    ...tracks.map(({ number: track, type, more = Buffer.alloc(0) }) =>
      element(0xae, element(0xd7, number(track)), element(0x83, number(type)), more),
    ),
  );
  const made = clusters.map(({ time, blocks }) =>
    element(0x1f43b675, element(0xe7, number(time)), ...blocks),
  );
  const positions = (base: number) =>
    made.map((_, n) => base + made.slice(0, n).reduce((sum, { length }) => sum + length, 0));
  const seekHeadOf = (cuesAt: number) => {
    const position = Buffer.alloc(4);
    position.writeUInt32BE(cuesAt);
    const seek = [element(0x53ab, number(0x1c53bb6b)), element(0x53ac, position)];
    return element(0x114d9b74, element(0x4dbb, ...seek));
  };
  const before = seekHeadOf(0).length + info.length + trackList.length;
  const at = positions(before);
  const cueList = element(
    0x1c53bb6b,
    ...cues.map((cue) => {
      const blocks = clusters[cue.cluster]?.blocks.slice(0, cue.block) ?? [];
      const time = element(0xe7, number(clusters[cue.cluster]?.time ?? 0));
      const relative = blocks.reduce((sum, { length }) => sum + length, time.length);
      const place = [element(0xf7, number(cue.track)), element(0xf1, number(at[cue.cluster] ?? 0))];
      if (cue.block !== undefined) place.push(element(0xf0, number(relative)));
      return element(0xbb, element(0xb3, number(cue.time)), element(0xb7, ...place));
    }),
  );
  const cuesAt = before + made.reduce((sum, { length }) => sum + length, 0);
  const segment = element(0x18538067, seekHeadOf(cuesAt), info, trackList, ...made, cueList);
  return Buffer.concat([element(0x1a45dfa3, element(0x4282, Buffer.from('matroska'))), segment]);
}
