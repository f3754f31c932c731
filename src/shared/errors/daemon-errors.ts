import type { ErrorKind } from './error-kind.js';

/** The daemon itself, and reaching it. */
export const daemonErrors = {
  COMMAND_INVALID: {
    status: 400,
    exit: 2,
    message: 'The command cannot be run like this',
  },
  DAEMON_UNREACHABLE: {
    status: 503,
    exit: 4,
    message: 'The daemon cannot be reached',
    hint: 'Start it with "kdrama start".',
  },
  DAEMON_INCOMPATIBLE: {
    status: 400,
    exit: 4,
    message: 'The daemon and this command do not speak the same API version',
    hint: 'Use the same kdrama on both sides; "kdrama restart" renews a local daemon.',
  },
  DAEMON_RUNNING: {
    status: 409,
    exit: 1,
    message: 'Another daemon already runs for this home',
    hint: 'Use it as it is, or stop it with "kdrama stop".',
  },
  PORT_IN_USE: {
    status: 409,
    exit: 1,
    message: 'The port is taken by another program',
    hint: 'Choose another with KDRAMA_LISTEN=127.0.0.1:PORT (0 takes a free one).',
  },
  SERVICE_FAILED: {
    status: 500,
    exit: 1,
    message: 'The service could not be set up or asked',
    hint: 'Sign in as this user (not with su or sudo) and try again; "kdrama start" needs no service.',
  },
  CONFIG_INVALID: { status: 500, exit: 2, message: 'The configuration is not valid' },
  DATABASE_NEWER: {
    status: 500,
    exit: 1,
    message: 'The database was written by a newer kdrama',
    hint: 'Use that version or a newer one; nothing was changed.',
  },
  INTERNAL: {
    status: 500,
    exit: 1,
    message: 'Something went wrong inside kdrama',
    hint: 'The log of the daemon has the details under this requestId.',
  },
} as const satisfies Record<string, ErrorKind>;
