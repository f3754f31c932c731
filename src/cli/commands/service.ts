import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { findLocal } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { writeWhole } from '../output/write-whole.js';
import { installedService } from '../service/installed-service.js';
import { must, serviceState, untilServing } from '../service/run-service.js';
import { serviceManager } from '../service/service-manager.js';
import { planService } from '../service/service-plan.js';
import { whyFailed } from '../service/service-state.js';
import { unknownToService } from '../service/unknown-variables.js';

export const defineService: Define = (command, choose) => {
  const sub = (name: string, about: string, example: string) =>
    withExamples(withCommonOptions(command.command(name).description(about)), [
      `kdrama service ${name}`,
      example,
    ]);
  withExamples(command, ['kdrama service install', 'let the daemon start with this computer']);
  sub('install', 'start the daemon when you sign in, and now', 'again after moving kdrama').action(
    (options: CommonOptions) => choose(options, (deps) => runServiceInstall(options, deps)),
  );
  sub('uninstall', 'stop it and start it no more', 'the library stays').action(
    (options: CommonOptions) => choose(options, (deps) => runServiceUninstall(options, deps)),
  );
  sub('status', 'whether it is installed, runs and can start', 'exit code 0: it runs').action(
    (options: CommonOptions) => choose(options, (deps) => runServiceStatus(options, deps)),
  );
};

/**
 * Writes the unit of this user, starts it and waits until it serves; stdout: where the unit is. Throws
 * SERVICE_FAILED, and has written nothing where this user's services cannot be reached; the unit of one
 * that does not start stays.
 */
export async function runServiceInstall(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const manager = serviceManager(deps.host, deps.env);
  const plan = planService(deps.host, deps.home, deps.env['PATH'] ?? '', realPath);
  await must(manager.probe, deps);
  for (const [file, ...args] of manager.beforeInstall) await deps.runProgram(file, args);
  mkdirSync(deps.home, { recursive: true, mode: 0o700 });
  writeWhole(manager.unitPath, manager.unitText(plan), 0o644);
  for (const words of manager.install) await must(words, deps);
  await untilServing(manager, deps);
  if (options.json) printJson(deps, { unit: manager.unitPath, ...plan });
  else printLine(deps, manager.unitPath);
  if (options.json || options.quiet) return exitCodes.ok;
  sayLine(deps, `Wrote it and started it: ${plan.program} serve, for ${plan.home}.`);
  sayLine(deps, manager.withoutLogin);
  const left = unknownToService(deps.env);
  if (left.length > 0) {
    sayLine(
      deps,
      `It does not know ${left.join(', ')}: say that in config.toml (kdrama config set).`,
    );
  }
  return exitCodes.ok;
}

/** Stops the service and removes its unit. That there is none is what was wanted: exit code 0. */
export async function runServiceUninstall(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const manager = serviceManager(deps.host, deps.env);
  const installed = installedService(manager);
  if (installed !== undefined) {
    await must(manager.probe, deps);
    // One that does not run, or was never loaded, is none to stop.
    for (const [file, ...args] of manager.uninstall) await deps.runProgram(file, args);
    rmSync(installed.unitPath);
    for (const words of manager.afterUninstall) await must(words, deps);
  }
  if (options.json) printJson(deps, { uninstalled: installed !== undefined });
  else if (!options.quiet) {
    sayLine(deps, installed === undefined ? 'No service is installed.' : 'It starts no more.');
  }
  return exitCodes.ok;
}

/**
 * Prints how the service is: exit code 0 when it runs, 1 when not, 3 when none is installed. Throws
 * SERVICE_FAILED where that cannot be asked.
 */
export async function runServiceStatus(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const manager = serviceManager(deps.host, deps.env);
  const installed = installedService(manager);
  if (installed === undefined) {
    throw new KdramaError('NOT_FOUND', `no service is installed (${manager.unitPath})`, {
      hint: '"kdrama service install" lets the daemon start when you sign in.',
    });
  }
  // Else one that runs, and cannot be asked here, would be said not to run.
  await must(manager.probe, deps);
  const { unitPath, plan } = installed;
  const state = await serviceState(manager, deps);
  const { isRunning } = state;
  const failure = whyFailed(state, manager.log(plan?.home ?? deps.home));
  const problem = installed.problem ?? failure ?? null;
  if (options.json) printJson(deps, { unit: unitPath, running: isRunning, problem, plan });
  else {
    printLine(deps, isRunning ? 'running' : 'not running');
    if (!options.quiet) sayLine(deps, `${unitPath}, for ${plan?.home ?? 'a home of its own'}`);
    if (installed.problem !== null)
      sayLine(deps, `It cannot start: ${installed.problem}. Mend it: kdrama service install`);
    else if (problem !== null) sayLine(deps, `Why: ${problem}. Start it again: kdrama start`);
    else if (!isRunning && !options.quiet) await sayWhoElseServes(deps);
  }
  return isRunning ? exitCodes.ok : exitCodes.failed;
}

async function sayWhoElseServes(deps: Deps): Promise<void> {
  const other = await findLocal(deps);
  if (other === undefined) return;
  const { pid } = other.health;
  sayLine(
    deps,
    `Another daemon (pid ${pid}) serves in its place until "kdrama service install" or the next sign-in.`,
  );
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
