export interface TimeLimit {
  /** Fires with the other signal, and when the time is over. */
  readonly signal: AbortSignal;
  /** The work has ended: nothing is held any more, and it does not fire. */
  clear(): void;
}

/**
 * A signal that also fires after so many milliseconds. AbortSignal.any over AbortSignal.timeout would
 * do the same, but Node may collect its timer as garbage and never fire (nodejs/node#57736).
 */
export function timeLimit(
  given: AbortSignal,
  milliseconds: number,
  reason: Error = new DOMException('The time is over', 'TimeoutError'),
): TimeLimit {
  const limited = new AbortController();
  const pass = () => limited.abort(given.reason);
  const timer = setTimeout(() => limited.abort(reason), Math.min(milliseconds, longestTimerMs));
  timer.unref();
  if (given.aborted) pass();
  else given.addEventListener('abort', pass, { once: true });
  return {
    signal: limited.signal,
    clear() {
      clearTimeout(timer);
      given.removeEventListener('abort', pass);
    },
  };
}

/** Node fires longer timers at once. */
const longestTimerMs = 2 ** 31 - 1;
