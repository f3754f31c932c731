import { Readable } from 'node:stream';
import { KdramaError } from '../../shared/errors.js';
import type { OutputStream } from '../deps.js';
import { muxArguments, type MuxRequest } from './mux-arguments.js';

export interface MuxParts {
  readonly ffmpeg: string;
  readonly signal: AbortSignal;
  /** What the file is called where it cannot be written. */
  readonly name: string;
  /** Where a file without a path goes. */
  readonly stdout: OutputStream;
}

/**
 * Writes the MP4 that comes in `pieces`, with its subtitles, into the container that is wanted. Throws what
 * the pieces throw, the signal's reason, FILE_UNWRITABLE with why ffmpeg could not.
 */
export async function mux(
  request: MuxRequest,
  pieces: AsyncIterable<Buffer>,
  { ffmpeg, signal, name, stdout }: MuxParts,
): Promise<void> {
  const { execa } = await import('execa');
  const incoming = Readable.from(pieces, { objectMode: false });
  // ffmpeg takes what comes before an error for all there is.
  let failure: Error | undefined;
  incoming.on('error', (error) => {
    failure = error;
  });
  const running = execa(ffmpeg, muxArguments(request), {
    reject: false,
    buffer: { stdout: false },
    input: incoming,
    stdout: request.path === undefined ? 'pipe' : 'ignore',
    cancelSignal: signal,
    killSignal: 'SIGKILL',
  });
  if (request.path === undefined) running.stdout?.pipe(stdout, { end: false });
  const { exitCode, stderr } = await running;
  signal.throwIfAborted();
  if (failure !== undefined) throw failure;
  if (exitCode === 0) return;
  throw new KdramaError('FILE_UNWRITABLE', `${name}: ${reasonIn(stderr, exitCode)}`);
}

/** What the system said stands last in ffmpeg's words, after the name under which ffmpeg knows the file. */
function reasonIn(stderr: string, exitCode: number | undefined): string {
  const words = stderr.split('\n').findLast((line) => line.trim() !== '');
  if (words === undefined) return `ffmpeg ended with exit code ${exitCode}`;
  return words.includes('No space left on device') ? 'the disk is full' : words;
}
