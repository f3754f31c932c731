import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { daemonLogPath } from './log-path.js';

export interface DaemonProcess {
  /** undefined when it could not be started at all. */
  readonly pid: number | undefined;
  /** The exit code once it has ended; null while it runs. */
  exitCode(): number | null;
  /** Ends it; for one that is not needed. */
  kill(): void;
  /** Where its own lines begin in the log. */
  readonly logStart: number;
}

export type SpawnDaemon = (home: string, env: Record<string, string>) => Promise<DaemonProcess>;

/** Starts the daemon as a process that outlives this one, with its output in daemon.log. */
export function spawnDetached(
  program: string,
  home: string,
  env: Record<string, string>,
): DaemonProcess {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const log = openSync(daemonLogPath(home), 'a', 0o600);
  try {
    const logStart = fstatSync(log).size;
    const child = spawn(process.execPath, [program], {
      cwd: home,
      env,
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    child.unref();
    let failed = false;
    child.once('error', () => (failed = true));
    return {
      pid: child.pid,
      exitCode: () => child.exitCode ?? (failed || child.signalCode !== null ? 1 : null),
      kill: () => void child.kill(),
      logStart,
    };
  } finally {
    closeSync(log);
  }
}
