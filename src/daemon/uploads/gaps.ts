export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** What is missing of [0, size). `received` is in order and does not overlap. */
export function gapsOf(sizeBytes: number, received: readonly ByteRange[]): ByteRange[] {
  const edges = [...received, { start: sizeBytes, end: sizeBytes }];
  return edges
    .map(({ start }, index) => ({ start: edges[index - 1]?.end ?? 0, end: start }))
    .filter(({ start, end }) => end > start);
}

/** The numbers of the chunks that lie in a gap, whole or in part. */
export function chunksIn(gaps: readonly ByteRange[], chunkBytes: number): number[] {
  const chunks = gaps.flatMap(({ start, end }) => {
    const first = Math.floor(start / chunkBytes);
    return Array.from({ length: Math.ceil(end / chunkBytes) - first }, (_, n) => first + n);
  });
  return [...new Set(chunks)];
}

export function chunkCount(sizeBytes: number, chunkBytes: number): number {
  return Math.ceil(sizeBytes / chunkBytes);
}

/** Where a chunk lies, or undefined when there is no such chunk. */
export function chunkRange(
  sizeBytes: number,
  chunkBytes: number,
  index: number,
): ByteRange | undefined {
  if (!Number.isInteger(index) || index < 0) return undefined;
  const start = index * chunkBytes;
  return start < sizeBytes ? { start, end: Math.min(start + chunkBytes, sizeBytes) } : undefined;
}
