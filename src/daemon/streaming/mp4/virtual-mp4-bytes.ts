import { KdramaError } from '../../../shared/errors.js';
import { openRegularFile, readPieces } from '../file-bytes.js';
import { readSegmentHead } from '../segment-head.js';
import { fragmentHead, sampleRange, type FragmentPart } from './fragment-head.js';
import { fragmentsWithin, type Fragment, type VirtualMp4 } from './virtual-mp4.js';

type Bytes = Uint8Array<ArrayBuffer>;
/** Where a segment of a track is. */
type PathOf = (track: number, segment: number) => string;

/**
 * The bytes [start, end) of a virtual MP4, read from the segments that overlap and no others. One
 * file is open at a time. Throws INTERNAL when a segment is not as the database knows it.
 */
export async function* virtualMp4Bytes(
  mp4: VirtualMp4,
  pathOf: PathOf,
  start: number,
  end: number,
): AsyncGenerator<Bytes, void, undefined> {
  if (start < mp4.header.length) yield new Uint8Array(mp4.header.subarray(start, end));
  for (const fragment of fragmentsWithin(mp4, start, end)) {
    const from = Math.max(start, fragment.start) - fragment.start;
    const to = Math.min(end, fragment.end) - fragment.start;
    yield* fragmentBytesOf(fragment, pathOf, from, to);
  }
}

/** The bytes [from, to) of a fragment: its head, then the samples of each part. */
async function* fragmentBytesOf(
  { segment, parts }: Fragment,
  pathOf: PathOf,
  from: number,
  to: number,
): AsyncGenerator<Bytes, void, undefined> {
  const files: (FragmentPart & { readonly path: string })[] = [];
  for (const { track, sizeBytes } of parts) {
    const path = pathOf(track, segment);
    files.push({ path, trackId: track + 1, head: await headOf(path, sizeBytes), sizeBytes });
  }
  const head = fragmentHead(files, segment + 1);
  if (from < head.length) yield new Uint8Array(head.subarray(from, to));
  let at = head.length;
  for (const file of files) {
    const [start, end] = sampleRange(file);
    const inFile = (offset: number) => Math.min(Math.max(start + offset - at, start), end);
    yield* partOf(file.path, inFile(from), inFile(to));
    at += end - start;
  }
}

async function headOf(path: string, knownBytes: number): Promise<Buffer> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    if (sizeBytes !== knownBytes) {
      throw new KdramaError('INTERNAL', `${path} has ${sizeBytes} bytes`);
    }
    return await readSegmentHead(handle, sizeBytes);
  } finally {
    await handle.close();
  }
}

async function* partOf(
  path: string,
  from: number,
  to: number,
): AsyncGenerator<Bytes, void, undefined> {
  if (from >= to) return;
  const { handle } = await openRegularFile(path);
  try {
    yield* readPieces(handle, from, to);
  } finally {
    await handle.close();
  }
}
