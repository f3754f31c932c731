import { KdramaError } from '../../shared/errors.js';
import type { ExitCode } from '../../shared/exit.js';
import type { Define } from '../command.js';
import { readDaemonRecord, remoteAddress } from '../daemon/address.js';
import { findLocal } from '../daemon/connect.js';
import { keptEnvironment } from '../daemon/kept-environment.js';
import { withListenOptions } from '../daemon/listen-options.js';
import { refuseToGuess, stopDaemon } from '../daemon/stop.js';
import type { Deps } from '../deps.js';
import { isOfService } from '../service/run-service.js';
import { unknownToService } from '../service/unknown-variables.js';
import { withExamples } from '../help/examples.js';
import { runStart, type StartOptions } from './start.js';

export const defineRestart: Define = (command, choose) => {
  const described = withExamples(
    command,
    ['kdrama restart', 'after an update; it listens as before'],
    ['kdrama restart --lan', 'from now on for phones and televisions too'],
  );
  withListenOptions(described).action((options: StartOptions) =>
    choose(options, (deps) => runRestart(options, deps)),
  );
};

/**
 * Stops this home's daemon, if one runs, and starts it with this version; what it was doing goes on, and
 * it listens as it did unless the options say otherwise. A service is started again as one. Throws
 * DAEMON_RUNNING for one in a terminal, which alone may end it.
 */
export async function runRestart(options: StartOptions, deps: Deps): Promise<ExitCode> {
  const remote = remoteAddress(deps.env);
  if (remote !== undefined) {
    throw new KdramaError('CONFIG_INVALID', `KDRAMA_HOST is ${remote}`, {
      hint: '"kdrama restart" is for the daemon of this computer: unset KDRAMA_HOST, or run it over there.',
    });
  }
  const record = readDaemonRecord(deps.home);
  const running = await findLocal(deps);
  const isForeground = running !== undefined && record?.isForeground === true;
  const isService = isForeground && (await isOfService(running.health.pid, deps));
  if (isForeground && !isService) {
    throw new KdramaError('DAEMON_RUNNING', `"kdrama serve" (pid ${record.pid}) at ${record.url}`, {
      hint: 'End it there with Ctrl-C, then start it again; a service of your own, by its service manager.',
    });
  }
  const kept = running === undefined || isService ? {} : await keptEnvironment(running.api);
  if ((await stopDaemon(deps)) === undefined) refuseToGuess(deps);
  const env = { ...kept, ...deps.env };
  // A service goes by its own unit, whatever this shell says beside the options.
  if (isService) for (const name of unknownToService(env)) delete env[name];
  return runStart(options, { ...deps, env });
}
