import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { defaultHome } from '../shared/home.js';
import { nodeRequest } from './api/node-request.js';
import { systemClock } from './clock.js';
import { complete, completeWord } from './completion/complete.js';
import type { SpawnDaemon } from './daemon/spawn.js';
import type { Deps } from './deps.js';
import { exitCodeOf } from './exit-code.js';
import type { Host } from './host/host.js';
import { forManyListeners, Interruption } from './interruption.js';
import { brokenOutput } from './output/broken-output.js';
import { reportError } from './output/report-error.js';
import { parse } from './program.js';

/** Runs the words after `kdrama` and returns the exit code; everything it touches is in `deps`. */
export async function run(words: readonly string[], deps: Deps): Promise<ExitCode> {
  if (words[0] === completeWord) return complete(words.slice(2), deps);
  const parsed = await parse(words, deps);
  if ('exit' in parsed) return parsed.exit;
  const { options } = parsed.invocation;
  try {
    return await parsed.invocation.run(deps);
  } catch (error) {
    if (!(error instanceof Interruption)) reportError(deps.stderr, error, options);
    return exitCodeOf(error);
  }
}

/**
 * The command line of this process; `program` is the directory that holds cli/ and daemon/. Sets
 * `process.exitCode` and lets pending writes finish.
 */
export async function runFromProcess(program: string): Promise<void> {
  const exit = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    home: homeOf(process.env),
    clock: systemClock,
    signal: interruptions(),
    request: nodeRequest,
    spawnDaemon: spawnerOf(join(program, 'daemon', 'background.js')),
    openBrowser: async (url) => {
      const { openBrowser } = await import('./browser/open-browser.js');
      return openBrowser(url, process.platform, process.env);
    },
    host: thisHost(program),
    runProgram: async (file, args) => {
      const { runProgram } = await import('./host/run-program.js');
      return runProgram(file, args);
    },
    startPlayer: async (player, url) => {
      const { startPlayer } = await import('./player/start-player.js');
      return startPlayer(player, url, process.platform);
    },
  });
  // Output that could not be written has failed already, whatever the command thinks of itself.
  process.exitCode ??= exit;
}

function thisHost(program: string): Host {
  const { platform, env } = process;
  const userId = process.getuid?.() ?? -1;
  return {
    platform,
    userHome: homedir(),
    userName: env['USER'] ?? env['LOGNAME'] ?? String(userId),
    userId,
    program: join(program, '..', 'bin', 'kdrama'),
    node: process.execPath,
  };
}

/** Only who starts a daemon loads what starts processes. */
function spawnerOf(background: string): SpawnDaemon {
  return async (home, env) => {
    const { spawnDetached } = await import('./daemon/spawn.js');
    return spawnDetached(background, home, env);
  };
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return resolve(env['KDRAMA_HOME'] ?? defaultHome(process.platform, env, homedir()));
}

/** The first Ctrl-C asks the command to stop in order; a second one ends the process at once. */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  const abort = (exit: ExitCode) => controller.abort(new Interruption(exit));
  onSignal('SIGINT', controller.signal, () => abort(exitCodes.interrupted));
  onSignal('SIGTERM', controller.signal, () => abort(exitCodes.terminated));
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    const words = brokenOutput(error);
    if (words !== undefined) {
      process.stderr.write(`${words}\n`);
      process.exitCode = exitCodes.failed;
    }
    abort(exitCodes.failed);
  });
  // Each write fails anew, once is enough to say; of stderr there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return forManyListeners(controller.signal);
}

function onSignal(name: NodeJS.Signals, aborted: AbortSignal, abort: () => void): void {
  const listener = () => {
    if (!aborted.aborted) return abort();
    process.off(name, listener);
    process.kill(process.pid, name);
  };
  process.on(name, listener);
}
