import { KdramaError } from '../../shared/errors.js';

/** DAEMON_UNREACHABLE for a request that got no answer; `cause` says why. */
export function unreachable(url: string, cause: unknown): KdramaError {
  return new KdramaError(
    'DAEMON_UNREACHABLE',
    `no answer at ${new URL(url).origin} (${why(cause)})`,
    {
      cause,
    },
  );
}

function why(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}
