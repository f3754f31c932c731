import { errorKind, KdramaError } from '../../shared/errors.js';
import { homeTakenExitCode } from '../../shared/exit.js';
import type { Deps } from '../deps.js';
import { sayLine } from '../output/say.js';
import { remoteAddress } from './address.js';
import { connect, findLocal, type Connection } from './connect.js';
import { serviceOfHome, startService } from '../service/run-service.js';
import { lastDeath, refuseLoop } from './death.js';
import { daemonEnvironment } from './environment.js';
import { logTail } from './log-tail.js';
import { daemonLogPath } from './log-path.js';
import type { DaemonProcess } from './spawn.js';

export interface Started {
  readonly connection: Connection;
  /** false: it ran already, or somebody else started it at the same moment. */
  readonly startedByUs: boolean;
}

const patienceMs = 30_000;
const firstPauseMs = 25;
const longestPauseMs = 250;
/** After losing a race that nobody won (the other daemon was just stopping). */
const secondTryAfterMs = 1000;

/**
 * The daemon of KDRAMA_HOST, or this home's own, started when it does not run: by its service, where one
 * is installed. Any number of callers end with one daemon: the lock of the home decides, and who lost it
 * finds the winner. Throws CONFIG_INVALID, SERVICE_FAILED, and DAEMON_UNREACHABLE with the last lines of
 * the log when it cannot be started, or has just died again and again and nobody `insists`.
 */
export async function ensureDaemon(deps: Deps, insists = false): Promise<Started> {
  if (remoteAddress(deps.env) !== undefined) {
    return { connection: await connect(deps), startedByUs: false };
  }
  if ((await findLocal(deps)) !== undefined) {
    return { connection: await connect(deps), startedByUs: false };
  }
  const death = lastDeath(deps.home, deps.clock.now());
  if (death !== undefined) {
    if (!insists) refuseLoop(death, deps.home);
    sayLine(deps, `Starting the daemon again: ${death.words}`);
  }
  const service = await serviceOfHome(deps);
  if (service !== undefined) {
    await startService(service, deps);
    return { connection: await connect(deps), startedByUs: true };
  }
  const deadline = deps.clock.monotonic() + patienceMs;
  for (;;) {
    const child = await deps.spawnDaemon(
      deps.home,
      daemonEnvironment(deps.env, deps.home, deps.cwd),
    );
    const ours = await untilRunning(child, deadline, deps);
    if (ours !== undefined) return { connection: await connect(deps), startedByUs: ours };
  }
}

/** Whether the daemon that now runs is this child; undefined when none does and it lost its race. */
async function untilRunning(
  child: DaemonProcess,
  deadline: number,
  deps: Deps,
): Promise<boolean | undefined> {
  const { clock } = deps;
  let pause = firstPauseMs;
  let lostAt: number | undefined;
  for (;;) {
    const exitCode = child.exitCode();
    if (exitCode === homeTakenExitCode) lostAt ??= clock.monotonic();
    const running = await findLocal(deps);
    if (running !== undefined) return isWinner(running, child);
    if (exitCode !== null && exitCode !== homeTakenExitCode) throw startFailure(child, deps);
    if (clock.monotonic() > deadline) throw startFailure(child, deps);
    if (lostAt !== undefined && clock.monotonic() - lostAt > secondTryAfterMs) return undefined;
    await clock.sleep(pause, deps.signal);
    pause = Math.min(pause * 1.5, longestPauseMs);
  }
}

/** A child that lost is ended: still loading, it would become a daemon if the winner stopped now. */
function isWinner(running: Connection, child: DaemonProcess): boolean {
  const won = running.health.pid === child.pid;
  if (!won) child.kill();
  return won;
}

function startFailure(child: DaemonProcess, deps: Deps): KdramaError {
  const path = daemonLogPath(deps.home);
  const lines = logTail(path, child.logStart, 5);
  const [reason] = lines.slice(-1);
  // Its exit code says that it is no matter of the daemon, but of who starts it.
  if (child.exitCode() === errorKind('CONFIG_INVALID').exit && reason !== undefined) {
    return new KdramaError('CONFIG_INVALID', undefined, { message: reason });
  }
  const ended = child.exitCode() === null ? `no answer after ${patienceMs / 1000} s` : 'it stopped';
  return new KdramaError('DAEMON_UNREACHABLE', undefined, {
    message: `The daemon could not be started (${ended}): ${lines.join(' · ') || 'its log is empty'}`,
    hint: `The whole log is ${path}; "kdrama serve" runs it in the foreground.`,
  });
}
