import type { Readable } from 'node:stream';

/** A program whose output stands still for this long will not go on. */
export const defaultStallMs = 60_000;
const looks = 12;

/** Why a program was ended, as the cause of the error that tells of it. */
export class Stalled extends Error {
  override readonly name = 'Stalled';
}

/**
 * Calls `onStall` once when `position` has not changed for `stallMs`. While pipes hold bytes that
 * nobody takes it is we who are slow, which does not count. It counts looks and not time, so a computer
 * that slept is no stall.
 */
export function watchForStall(
  position: () => number,
  pipes: readonly Readable[],
  onStall: () => void,
  stallMs = defaultStallMs,
): { end(): void } {
  let seen = Number.NaN;
  let idle = 0;
  const timer = setInterval(() => {
    const reached = position();
    const isHeldBack = pipes.some((pipe) => pipe.readableLength > 0);
    idle = reached === seen && !isHeldBack ? idle + 1 : 0;
    seen = reached;
    if (idle < looks) return;
    clearInterval(timer);
    onStall();
  }, stallMs / looks);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

/** How much came out of the pipes so far. Pipes of child processes are sockets, which count. */
export function bytesReceived(
  pipes: readonly (Readable & { readonly bytesRead?: number })[],
): number {
  return pipes.reduce((sum, { bytesRead = 0 }) => sum + bytesRead, 0);
}
