import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ExitCode } from '../shared/exit.js';
import { defaultHome } from '../shared/home.js';
import { nodeRequest } from './api/node-request.js';
import { systemClock } from './clock.js';
import { complete, completeWord } from './completion/complete.js';
import type { SpawnDaemon } from './daemon/spawn.js';
import type { Deps } from './deps.js';
import { exitCodeOf } from './exit-code.js';
import type { Host } from './host/host.js';
import { Interruption } from './interruption.js';
import { stopSignal } from './stop-signal.js';
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
    signal: stopSignal(process),
    request: nodeRequest,
    spawnDaemon: spawnerOf(join(program, 'daemon', 'background.js')),
    openBrowser: async (url) => {
      const { openBrowser } = await import('./browser/open-browser.js');
      return openBrowser(url, process.platform, process.env);
    },
    hideTyping: async () => {
      const { hideTyping } = await import('./host/hide-typing.js');
      return hideTyping(process);
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
