import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { readDaemonRecord } from '../daemon/address.js';
import { findLocal } from '../daemon/connect.js';
import { withListenOptions, type ListenOptions } from '../daemon/listen-options.js';
import { daemonLogPath } from '../daemon/log-path.js';
import { machineName } from '../daemon/machine-name.js';
import { networkAddresses } from '../daemon/network-addresses.js';
import { stopDaemon } from '../daemon/stop.js';
import type { Daemon } from '../../daemon/main.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { invitationUrl, sayInvitation } from '../output/invitation.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export type ServeOptions = CommonOptions & ListenOptions;

export const defineServe: Define = (command, choose) => {
  withExamples(
    withListenOptions(command),
    ['kdrama serve', 'until Ctrl-C, in place of a daemon in the background'],
    ['kdrama serve --lan', 'for phones and televisions, with a QR code'],
  ).action((options: ServeOptions) => choose(options, (deps) => runServe(options, deps)));
};

/**
 * Runs the daemon in this process until Ctrl-C, after stopping one in the background, and prints
 * where it is and how a browser signs in. Throws DAEMON_RUNNING for one in another terminal, PORT_IN_USE, DATABASE_NEWER, CONFIG_INVALID.
 */
export async function runServe(options: ServeOptions, deps: Deps): Promise<ExitCode> {
  const { readConfig } = await import('../../daemon/config.js');
  const config = readConfig({ ...deps.env, KDRAMA_HOME: deps.home }, options);
  await takeOver(options, deps);
  const [broken, drained] = [new AbortController(), new AbortController()];
  const { startDaemon } = await import('../../daemon/main.js');
  const { openLog } = await import('../../daemon/log.js');
  const daemon = await startDaemon({
    config,
    isForeground: true,
    // As in the background: a terminal is for people, unless they ask for all of it.
    log: openLog(options.verbose ? 'stderr' : { path: daemonLogPath(deps.home) }, config.logLevel),
    onBroken: (error) => broken.abort(error),
    onDrained: () => drained.abort(),
  });
  await announce(daemon, options, deps);
  await aborted(AbortSignal.any([deps.signal, broken.signal, drained.signal]));
  if (!options.json && !options.quiet)
    sayLine(deps, 'Stopping. What runs goes on at the next start.');
  await daemon.stop();
  if (broken.signal.aborted) throw broken.signal.reason;
  return exitCodes.ok;
}

async function takeOver(options: CommonOptions, deps: Deps): Promise<void> {
  if ((await findLocal(deps)) === undefined) return;
  const record = readDaemonRecord(deps.home);
  if (record?.isForeground === true) {
    throw new KdramaError('DAEMON_RUNNING', `"kdrama serve" (pid ${record.pid}) at ${record.url}`);
  }
  const pid = await stopDaemon(deps);
  if (!options.json && !options.quiet && pid !== undefined) {
    sayLine(deps, `Stopped the daemon in the background (pid ${pid}); this one takes over.`);
  }
}

/** Prints where it is, for others on the network too, and how a browser signs in. */
async function announce(daemon: Daemon, options: CommonOptions, deps: Deps): Promise<void> {
  const { url } = daemon;
  const addresses = (await networkAddresses({ env: {}, home: deps.home })).filter(
    (address) => address !== url,
  );
  const code = daemon.signInCode();
  const base = addresses[0] ?? url;
  const signInUrl = invitationUrl(base, code.code);
  const name = addresses.length > 0 ? await machineName() : null;
  if (options.json) return printJson(deps, { url, addresses, name, signInUrl, code: code.code });
  [url, ...addresses].forEach((address) => printLine(deps, address));
  if (options.quiet) return;
  if (name === null) {
    sayLine(deps, `To sign in a browser, open this once within 10 minutes: ${signInUrl}`);
  } else {
    sayLine(deps, `On this network, this computer is ${name}.`);
    await sayInvitation(deps, base, code);
  }
  sayLine(deps, 'Ctrl-C stops it.');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
