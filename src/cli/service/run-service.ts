import { errorKind, KdramaError } from '../../shared/errors.js';
import { findLocal, type Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { safeText } from '../output/safe-text.js';
import { installedService } from './installed-service.js';
import { serviceManager, type ServiceManager, type Words } from './service-manager.js';
import { exitWords, type ServiceState } from './service-state.js';
import { unknownToService } from './unknown-variables.js';

const patienceMs = 30_000;
const pauseMs = 100;

/** How the service is. One that cannot be asked does not run. */
export async function serviceState(
  manager: ServiceManager,
  deps: Pick<Deps, 'runProgram'>,
): Promise<ServiceState> {
  const [file, ...args] = manager.state;
  return manager.readState(await deps.runProgram(file, args));
}

/**
 * The service of this home, if it may be what starts a daemon as this environment asks for; undefined
 * where there is none, it cannot start, or it would not know what the environment says.
 */
export async function serviceOfHome(deps: Deps): Promise<ServiceManager | undefined> {
  const manager = managerOfHome(deps);
  if (manager === undefined || unknownToService(deps.env).length > 0) return undefined;
  const [file, ...args] = manager.loaded;
  return (await deps.runProgram(file, args)).exitCode === 0 ? manager : undefined;
}

/** Whether this process is the daemon that the service of this home runs. */
export async function isOfService(pid: number, deps: Deps): Promise<boolean> {
  const manager = managerOfHome(deps);
  return manager !== undefined && (await serviceState(manager, deps)).pid === pid;
}

/** Keeps the service of this home, whose daemon ended, from starting it again; false: it would not have. */
export async function endRetries(deps: Deps): Promise<boolean> {
  const manager = managerOfHome(deps);
  if (manager?.giveUp === undefined) return false;
  if (!(await serviceState(manager, deps)).isTriedAgain) return false;
  await must(manager.giveUp, deps);
  return true;
}

function managerOfHome({ host, env, home }: Deps): ServiceManager | undefined {
  if (host.platform !== 'linux' && host.platform !== 'darwin') return undefined;
  const manager = serviceManager(host, env);
  const installed = installedService(manager);
  return installed?.plan?.home === home && installed.problem === null ? manager : undefined;
}

/** Starts the service and waits for its daemon. Throws SERVICE_FAILED with what that wrote last. */
export async function startService(manager: ServiceManager, deps: Deps): Promise<Connection> {
  for (const [file, ...args] of manager.beforeStart) await deps.runProgram(file, args);
  await must(manager.start, deps);
  return untilServing(manager, deps);
}

/** Waits for the daemon of a service that was just started. Throws SERVICE_FAILED when it ends instead. */
export async function untilServing(manager: ServiceManager, deps: Deps): Promise<Connection> {
  const begun = deps.clock.monotonic();
  let hasRun = false;
  for (;;) {
    const running = await findLocal(deps);
    const state = await serviceState(manager, deps);
    if (running !== undefined && state.isRunning && running.health.pid === state.pid)
      return running;
    hasRun ||= state.isRunning;
    const waitedMs = deps.clock.monotonic() - begun;
    // Before it ran, what is told may be how it ended the last time.
    if (state.failure !== undefined && (hasRun || waitedMs >= manager.throttleMs))
      throw await startFailure(state.failure, manager, deps);
    if (waitedMs > patienceMs)
      throw await startFailure(`no answer after ${patienceMs / 1000} s`, manager, deps);
    await deps.clock.sleep(pauseMs, deps.signal);
  }
}

/** Throws SERVICE_FAILED with what a command of the service manager said. */
export async function must([file, ...args]: Words, deps: Pick<Deps, 'runProgram'>): Promise<void> {
  const { exitCode, stdout, stderr } = await deps.runProgram(file, args);
  if (exitCode === 0) return;
  const said = (stderr || stdout).trim().split('\n').slice(0, 3).join(' · ');
  throw new KdramaError('SERVICE_FAILED', `${[file, ...args].join(' ')}: ${said}`);
}

async function startFailure(
  how: string,
  manager: ServiceManager,
  { home, runProgram }: Deps,
): Promise<KdramaError> {
  const hint = `All that it said: ${manager.log(home)}`;
  const [file, ...args] = manager.lastWords(home);
  const { exitCode, stdout } = await runProgram(file, args);
  const words = exitCode === 0 ? reportedError(stdout) : undefined;
  // Its exit code says that it is no matter of the service, but of who configured it.
  if (words !== undefined && how === exitWords(errorKind('CONFIG_INVALID').exit)) {
    return new KdramaError('CONFIG_INVALID', undefined, { message: words, hint });
  }
  const message = `The service did not start (${how})${words === undefined ? '' : `: ${words}`}`;
  return new KdramaError('SERVICE_FAILED', undefined, { message, hint });
}

/** Pure: the last error that a kdrama reported, without its name and code. */
export function reportedError(text: string): string | undefined {
  const line = text.split('\n').findLast((each) => each.startsWith('kdrama: '));
  return line === undefined ? undefined : safeText(line.replace(/^kdrama: | \([A-Z_]+\)$/g, ''));
}
