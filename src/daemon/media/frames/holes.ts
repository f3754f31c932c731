import { open, type FileHandle } from 'node:fs/promises';

/** Long enough that no sound or picture is silent for so many bytes, all of them zero. */
const pieceBytes = 16 * 1024;
const pieces = 256;

/**
 * Finds where space was set aside for a file and not filled (yet): a preallocated copy has its full
 * size from the start, and a torrent holes anywhere. Looks at the end and at some places in between.
 * Returns the byte at which there are only zeros, or undefined. One place alone may be padding.
 */
export async function findHole(path: string): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const last = size - pieceBytes;
    if (last < 0) return undefined;
    if (await isHole(file, last)) return last;
    const step = Math.max(pieceBytes, Math.ceil(size / pieces));
    const holes: number[] = [];
    for (let at = 0; at < last && holes.length < 2; at += step) {
      if (await isHole(file, at)) holes.push(at);
    }
    return holes.length < 2 ? undefined : holes[0];
  } finally {
    await file.close();
  }
}

async function isHole(file: FileHandle, at: number): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at);
  return bytesRead === pieceBytes && buffer.equals(zeros);
}

const zeros = Buffer.alloc(pieceBytes);
