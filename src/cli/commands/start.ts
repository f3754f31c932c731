import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { readDaemonRecord, type DaemonRecord } from '../daemon/address.js';
import {
  listenEnvironment,
  withListenOptions,
  type ListenOptions,
} from '../daemon/listen-options.js';
import { networkAddresses } from '../daemon/network-addresses.js';
import { offerRenewal } from '../daemon/offer-renewal.js';
import { ensureDaemon } from '../daemon/start.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { sayInvitation } from '../output/invitation.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export type StartOptions = CommonOptions & ListenOptions;

export const defineStart: Define = (command, choose) => {
  withExamples(
    withListenOptions(command),
    ['kdrama start', 'for this computer'],
    ['kdrama start --lan', 'for phones and televisions, with a QR code'],
    ['url=$(kdrama start --quiet)', 'in a script: start it if need be, and say where it is'],
  ).action((options: StartOptions) => choose(options, (deps) => runStart(options, deps)));
};

/**
 * Starts the daemon in the background if none runs and prints its addresses. Throws DAEMON_RUNNING
 * when one runs that listens in another way than the options ask for.
 */
export async function runStart(options: StartOptions, deps: Deps): Promise<ExitCode> {
  const renewed = await offerRenewal(options, deps);
  const env = { ...renewed.env, ...listenEnvironment(options, deps.cwd) };
  const { connection, startedByUs } = await ensureDaemon({ ...deps, env }, true);
  const { server, health, api } = connection;
  if (!startedByUs) refuseOther(options, readDaemonRecord(deps.home));
  const addresses = (await networkAddresses(deps)).filter((address) => address !== server.url);
  if (options.json) {
    const { pid, version, instanceId } = health;
    printJson(deps, { url: server.url, addresses, pid, version, instanceId, started: startedByUs });
    return exitCodes.ok;
  }
  [server.url, ...addresses].forEach((address) => printLine(deps, address));
  if (options.quiet) return exitCodes.ok;
  sayLine(
    deps,
    startedByUs ? `Started (pid ${health.pid}).` : `It ran already (pid ${health.pid}).`,
  );
  const code = await api.signInCode();
  if (addresses[0] !== undefined) await sayInvitation(deps, addresses[0], code);
  else sayLine(deps, `To sign in a browser, open this once within 10 minutes: ${code.url}`);
  return exitCodes.ok;
}

/** Pure: options that the daemon that runs was not started with. */
export function refuseOther(options: ListenOptions, record: DaemonRecord | undefined): void {
  const { lan, openViewing, listen, tlsCert } = options;
  const url = new URL(record?.url ?? 'http://127.0.0.1');
  const differs = [
    lan === true && /^(127\.|localhost$|::1$)/.test(record?.listen ?? '127.') && '--lan',
    openViewing === true && record?.openViewing !== true && '--open-viewing',
    listen !== undefined && listen !== `${record?.listen}:${url.port}` && '--listen',
    tlsCert !== undefined && url.protocol !== 'https:' && '--tls-cert',
  ].filter((option) => option !== false);
  if (differs.length === 0) return;
  throw new KdramaError('DAEMON_RUNNING', `without ${differs.join(' ')}, at ${url.origin}`, {
    hint: 'Stop it first: kdrama stop, then the same command again. What it was doing goes on.',
  });
}
