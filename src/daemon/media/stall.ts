import type { Readable } from 'node:stream';

/** A program that has said and made nothing for this long will not go on. */
export const defaultStallMs = 60_000;
const looks = 12;

/**
 * Calls `onStall` once when none of the pipes has brought a byte for `stallMs`. Pipes that hold
 * bytes which nobody takes do not count: then it is we who are slow. It counts looks and not time,
 * so a computer that slept is no stall.
 */
export function watchForStall(
  pipes: readonly Readable[],
  onStall: () => void,
  stallMs = defaultStallMs,
): { end(): void; happened(): boolean } {
  let seen = -1;
  let idle = 0;
  let hasStalled = false;
  const timer = setInterval(() => {
    const received = pipes.reduce((sum, pipe) => sum + bytesRead(pipe), 0);
    const isHeldBack = pipes.some((pipe) => pipe.readableLength > 0);
    idle = received === seen && !isHeldBack ? idle + 1 : 0;
    seen = received;
    if (idle < looks) return;
    hasStalled = true;
    clearInterval(timer);
    onStall();
  }, stallMs / looks);
  timer.unref();
  return { end: () => clearInterval(timer), happened: () => hasStalled };
}

/** Pipes of child processes are sockets, which count. */
function bytesRead(pipe: Readable & { readonly bytesRead?: number }): number {
  return pipe.bytesRead ?? 0;
}
