import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { remoteAddress } from '../daemon/address.js';
import { drainDaemon, refuseToGuess, stopDaemon } from '../daemon/stop.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { printJson, sayLine } from '../output/say.js';

export interface StopOptions extends CommonOptions {
  readonly drain: boolean;
}

export const defineStop: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama stop', '"kdrama start" goes on'],
    ['kdrama stop --drain', 'when what runs has come to its end'],
  )
    .option('--drain', 'let what runs come to its end first, and begin nothing new', false)
    .action((options: StopOptions) => choose(options, (deps) => runStop(options, deps)));
};

/** Stops this home's daemon. That none runs is what was wanted: exit code 0. */
export async function runStop(options: StopOptions, deps: Deps): Promise<ExitCode> {
  const remote = remoteAddress(deps.env);
  if (remote !== undefined) {
    throw new KdramaError('CONFIG_INVALID', `KDRAMA_HOST is ${remote}`, {
      hint: '"kdrama stop" stops the daemon of this computer: unset KDRAMA_HOST, or run it over there.',
    });
  }
  const pid = await (options.drain ? drainDaemon(deps) : stopDaemon(deps));
  if (pid === undefined) refuseToGuess(deps);
  if (options.json) printJson(deps, { stopped: pid !== undefined, pid: pid ?? null });
  else if (!options.quiet)
    sayLine(deps, pid === undefined ? 'No daemon runs.' : `Stopped (pid ${pid}).`);
  return exitCodes.ok;
}
