import { KdramaError } from '../../shared/errors.js';
import type { PipedRun } from '../media/run.js';

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
 * its output made no sense its last words are added: mostly they say why. Rejects with the signal's
 * reason when the task was aborted.
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
  const [settled, { exitCode, stderr }] = await Promise.all([outcomes, run.ended]);
  signal.throwIfAborted();
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return;
  const error: unknown = failed.reason;
  if (error instanceof KdramaError) throw error;
  const what = error instanceof Error ? error.message : String(error);
  const words = stderr === '' ? `ffmpeg ended with ${exitCode ?? 'a signal'}` : stderr;
  throw new KdramaError('TRANSCODE_FAILED', `${what} (${words})`, { cause: error });
}
