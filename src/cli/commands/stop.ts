import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { remoteAddress } from '../daemon/address.js';
import { drainDaemon, refuseToGuess, stopDaemon } from '../daemon/stop.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { printJson, sayLine } from '../output/say.js';
import { endRetries } from '../service/run-service.js';

export interface StopOptions extends CommonOptions {
  readonly drain: boolean;
}

export const defineStop: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama stop', '"kdrama start" goes on'],
    ['kdrama stop --drain', 'when the chunks that are being made are done'],
  )
    .option(
      '--drain',
      'let the tasks (chunks) that run end first and begin no more; their jobs go on at the next start',
      false,
    )
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
  const isTalk = !options.json && !options.quiet;
  const drained = options.drain
    ? await drainDaemon(deps, () => void (isTalk && sayLine(deps, waitWords)))
    : undefined;
  const pid = options.drain ? drained?.pid : await stopDaemon(deps);
  if (pid === undefined) refuseToGuess(deps);
  const isGivenUp = pid === undefined && (await endRetries(deps));
  if (options.json) printJson(deps, { stopped: pid !== undefined, pid: pid ?? null });
  if (isTalk) sayLine(deps, pid === undefined ? noneWords(isGivenUp) : `Stopped (pid ${pid}).`);
  if (isTalk && drained !== undefined) sayLine(deps, leftWords(drained.unfinished));
  return exitCodes.ok;
}

const waitWords =
  'Waits until the tasks that run have ended; Ctrl-C leaves the daemon to end by itself then.';

function noneWords(isGivenUp: boolean): string {
  return isGivenUp ? 'No daemon runs; its service tries no more.' : 'No daemon runs.';
}

function leftWords(jobs: number): string {
  if (jobs === 0) return 'No job is left to go on with.';
  return `${jobs === 1 ? '1 job goes' : `${jobs} jobs go`} on at the next start.`;
}
