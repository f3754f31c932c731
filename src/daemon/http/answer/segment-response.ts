import { finished } from 'node:stream';
import type { Context } from 'hono';
import { byteStream } from '../../streaming/byte-stream.js';
import { demandSize, openRegularFile, readPieces } from '../../streaming/file-bytes.js';
import type { SegmentMemory } from '../../streaming/segment-memory.js';
import type { AppEnv } from '../env.js';
import type { FileAnswer } from './file-response.js';
import { sendRepresentation, type Body } from './representation.js';

/** Small, since memory is short and each client that does not read holds one or two. */
const pieceBytes = 128 * 1024;

export type SegmentAnswer = FileAnswer & Required<Pick<FileAnswer, 'sizeBytes'>>;

/**
 * Answers with a file that is published and never changes, out of memory, with the same rules for
 * ranges and conditions as a file; where memory has no room for it, in pieces as they are read by the
 * client. Throws NOT_FOUND, RANGE_NOT_SATISFIABLE, INTERNAL (other size than known).
 */
export function sendSegment(
  c: Context<AppEnv>,
  memory: SegmentMemory,
  answer: SegmentAnswer,
): Promise<Response> {
  const { path, sizeBytes } = answer;
  return sendRepresentation(c, answer, sizeBytes, async (start, end): Promise<Body> => {
    const held = await memory.hold(path, sizeBytes);
    if (held === undefined) return pieces(path, sizeBytes, start, end);
    // As soon as it is sent, or nobody is there any more; also where that was before now.
    finished(c.env.outgoing, held.release);
    return held.bytes.subarray(start, end);
  });
}

async function pieces(path: string, knownBytes: number, start: number, end: number): Promise<Body> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    demandSize(sizeBytes, knownBytes);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return byteStream(readPieces(handle, start, end, pieceBytes), () => handle.close());
}
