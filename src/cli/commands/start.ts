import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { ensureDaemon } from '../daemon/start.js';
import type { Deps } from '../deps.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export const defineStart: Define = (command, choose) => {
  command.action((options: CommonOptions) => choose(options, (deps) => runStart(options, deps)));
};

/** Starts the daemon in the background if none runs and prints its address. */
export async function runStart(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { connection, startedByUs } = await ensureDaemon(deps);
  const { server, health, api } = connection;
  if (options.json) {
    const { pid, version, instanceId } = health;
    printJson(deps, { url: server.url, pid, version, instanceId, started: startedByUs });
    return exitCodes.ok;
  }
  printLine(deps, server.url);
  if (options.quiet) return exitCodes.ok;
  sayLine(
    deps,
    startedByUs ? `Started (pid ${health.pid}).` : `It ran already (pid ${health.pid}).`,
  );
  const signIn = await api.signInCode();
  sayLine(deps, `To sign in a browser, open this once within 10 minutes: ${signIn.url}`);
  return exitCodes.ok;
}
