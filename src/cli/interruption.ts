import { setMaxListeners } from 'node:events';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { timeLimit } from '../shared/time-limit.js';

/**
 * Why a command stopped before its end. Nothing went wrong, so it is not a KdramaError: it travels
 * as the reason of an AbortSignal and says only which exit code is right.
 */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly exit: ExitCode) {
    super('The command was interrupted');
  }
}

/** A signal that also fires after so many seconds, with exit code 124; undefined: no limit. */
export function withTimeout(signal: AbortSignal, seconds: number | undefined): AbortSignal {
  if (seconds === undefined) return signal;
  const { signal: limited } = timeLimit(
    signal,
    seconds * 1000,
    new Interruption(exitCodes.timeout),
  );
  return forManyListeners(limited);
}

/** One signal ends any number of jobs that are waited for: that many listeners are no leak. */
export function forManyListeners(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
