import { KdramaError } from '../../shared/errors.js';
import type { PipedRun, RunEnd } from '../media/ffmpeg/run.js';
import { Stalled } from '../media/ffmpeg/stall.js';

/**
 * Resolves when a process whose output was read to its end has ended by itself and well. Only then
 * is what it wrote whole: a killed ffmpeg leaves fragments that look like the end of the sound.
 * Rejects with the signal's reason when aborted, else with a RangeError.
 */
export async function requireWholeOutput(run: PipedRun, signal: AbortSignal): Promise<void> {
  const { exitCode } = await run.ended;
  signal.throwIfAborted();
  if (exitCode !== 0) throw new RangeError(`its output ends with exit code ${exitCode ?? 'none'}`);
}

/**
 * Waits for all consumers of a process and for its end. When one fails the process is killed; when
 * its output made no sense its last words are added: mostly they say why; when it hung the cause is a
 * `Stalled`. Rejects with the signal's reason when the task was aborted.
 */
export async function consumeRun(
  run: PipedRun,
  signal: AbortSignal,
  consumers: readonly Promise<void>[],
): Promise<void> {
  const outcomes = Promise.allSettled(
    consumers.map((consumer) =>
      consumer.catch((error: unknown) => {
        run.kill();
        throw error;
      }),
    ),
  );
  const [settled, end] = await Promise.all([outcomes, run.ended]);
  signal.throwIfAborted();
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return;
  throw errorOf(failed.reason, end);
}

/**
 * A stall goes before what it led to: half a segment, frames that are missing. A full disk goes before
 * both.
 */
function errorOf(error: unknown, { exitCode, stderr, stall }: RunEnd): KdramaError {
  const isOurs = error instanceof KdramaError;
  if (isOurs && (stall === undefined || error.code !== 'TRANSCODE_FAILED')) return error;
  if (stall !== undefined) {
    const cause = new Stalled(stall, { cause: error });
    const said = stderr === '' ? 'it said nothing' : `it said: ${stderr}`;
    return new KdramaError('TRANSCODE_FAILED', `ffmpeg hung: ${stall}; ${said}`, {
      cause,
      details: { said: stderr },
    });
  }
  const what = error instanceof Error ? error.message : String(error);
  const said = stderr === '' ? `ffmpeg ended with ${exitCode ?? 'a signal'}` : stderr;
  return new KdramaError('TRANSCODE_FAILED', `${what} (${said})`, {
    cause: error,
    details: { said: stderr },
  });
}
