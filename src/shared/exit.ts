/** Exit codes of the command line. Frozen: scripts depend on them; unknown codes mean failure. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  unreachable: 4,
  notAllowed: 5,
  partial: 6,
  running: 8,
  timeout: 124,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * How the daemon's background process (not the command line) ends when another daemon holds the
 * home, so that who lost the race to start it looks for the winner instead of reporting a failure.
 */
export const homeTakenExitCode = 75;
