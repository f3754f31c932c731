/** What the service manager says of an installed service. */
export interface ServiceState {
  readonly isRunning: boolean;
  /** undefined while none runs. */
  readonly pid: number | undefined;
  /** How its last process ended, when none runs and it was not stopped: `exit code 2`, `signal 9`. */
  readonly failure: string | undefined;
  /** Whether one that failed is started again by itself. */
  readonly isTriedAgain: boolean;
}

export const systemdProperties = [
  ...['ActiveState', 'SubState', 'MainPID', 'ExecMainCode', 'ExecMainStatus'],
] as const;

/** CLD_EXITED of waitid(2): the status is an exit code; of the others it is a signal. */
const exited = '1';

/** Pure: of what `systemctl show` prints of those properties; of anything else, that none runs. */
export function systemdState(text: string): ServiceState {
  const said = new Map(text.split('\n').map((line) => line.split('=', 2) as [string, string]));
  const isTriedAgain = said.get('SubState') === 'auto-restart';
  const hasFailed = isTriedAgain || said.get('ActiveState') === 'failed';
  const status = said.get('ExecMainStatus');
  const ending = said.get('ExecMainCode') === exited ? exitWords(status) : `signal ${status}`;
  const failure = hasFailed ? ending : undefined;
  const isRunning = said.get('ActiveState') === 'active';
  return { isRunning, pid: Number(said.get('MainPID')) || undefined, failure, isTriedAgain };
}

/** Pure: of what `launchctl print` says. launchd starts all that failed again. */
export function launchdState(text: string): ServiceState {
  const isRunning = /^\s*state = running$/m.test(text);
  const pid = Number(/^\s*pid = (\d+)$/m.exec(text)?.[1]) || undefined;
  const code = /^\s*last exit code = (\d+)/m.exec(text)?.[1] ?? '0';
  const failure = isRunning || code === '0' ? undefined : exitWords(code);
  return { isRunning, pid, failure, isTriedAgain: failure !== undefined };
}

export function exitWords(code: string | number | undefined): string {
  return `exit code ${code}`;
}

/** Pure: what somebody is told of one that does not run and should; undefined: nothing is wrong. */
export function whyFailed(state: ServiceState, log: string): string | undefined {
  const { failure, isTriedAgain } = state;
  if (failure === undefined) return undefined;
  const next = isTriedAgain ? 'is tried again' : 'is not tried again';
  return `it failed (${failure}) and ${next}: ${log} says why`;
}
