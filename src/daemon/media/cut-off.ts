import { open } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import type { Source, SourceStream } from './inspect.js';
import type { Packet } from './packets.js';

/** Throws UPLOAD_INVALID_FORMAT, saying how it is seen, when a file is cut off. */
export async function refuseCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: readonly Packet[],
): Promise<void> {
  const cutOff =
    packets.length === 0
      ? 'it has no frame'
      : await describeCutOff(path, source, stream, packets.length);
  if (cutOff === undefined) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `the file is cut off: ${cutOff}`, {
    hint: 'Copy or download the file again and upload it then.',
  });
}

/**
 * Says how a file is seen to be cut off, or undefined when it is not. Readers go quietly to the end
 * of what is there, so it takes something that counts: the sample table of an MP4, the size of a
 * Matroska segment.
 */
export async function describeCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: number,
): Promise<string | undefined> {
  const sizeBytes = source.format.size;
  // Other containers count frames in a header field that may count dropped ones.
  const expected = source.format.format_name.startsWith('mov') ? (stream.nb_frames ?? 0) : 0;
  if (expected > packets && packets < expected * 0.99) {
    return `${packets} of ${expected} frames are there`;
  }
  const declared = matroskaEnd(await readHead(path, 4096));
  if (declared !== undefined && declared > sizeBytes) {
    return `${sizeBytes} of ${declared} bytes are there`;
  }
  return undefined;
}

async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const ebmlHeaderId = 0x1a45dfa3;
const segmentId = 0x18538067;

/**
 * Where a Matroska file says its segment ends, in bytes (RFC 9559); undefined for other files and
 * for live ones, whose size is unknown.
 */
export function matroskaEnd(head: Buffer): number | undefined {
  if (head.length < 12 || head.readUInt32BE(0) !== ebmlHeaderId) return undefined;
  const header = readSize(head, 4);
  const at = header === undefined ? head.length : header.next + (header.size ?? head.length);
  if (at + 12 > head.length || head.readUInt32BE(at) !== segmentId) return undefined;
  const segment = readSize(head, at + 4);
  return segment?.size === undefined ? undefined : segment.next + segment.size;
}

/** A variable-length size (RFC 8794, section 4): leading zeros count the bytes; all ones: unknown. */
function readSize(bytes: Buffer, at: number): { size?: number; next: number } | undefined {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  if (length > 8 || at + length > bytes.length) return undefined;
  let raw = 0n;
  for (const byte of bytes.subarray(at, at + length)) raw = raw * 256n + BigInt(byte);
  const value = raw & ((1n << BigInt(7 * length)) - 1n);
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n;
  return { next: at + length, ...(isUnknown ? {} : { size: Number(value) }) };
}
