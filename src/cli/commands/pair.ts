import { Option } from 'commander';
import type { DeviceView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { roles, type Role } from '../../shared/states.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import { networkAddresses } from '../daemon/network-addresses.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { invitationUrl, sayInvitation } from '../output/invitation.js';
import { localTime } from '../output/local-time.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';

export interface PairOptions extends CommonOptions {
  /** What the device will be allowed. */
  readonly role: Role;
}

export const definePair: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama pair', 'a QR code and a code to type'],
    ['kdrama pair --role admin', 'for a browser that may change things'],
  )
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).default('user'))
    .action((options: PairOptions) => choose(options, (deps) => runPair(options, deps)));
  const list = command.command('list').description('list the devices that are signed in');
  withExamples(withCommonOptions(list), ['kdrama pair list', 'who is signed in']).action(
    (options: CommonOptions) => choose(options, (deps) => runPairList(options, deps)),
  );
  const revoke = command.command('revoke').description('sign a device out');
  withExamples(withCommonOptions(revoke), ['kdrama pair revoke DEVICE', 'wherever it is'])
    .argument('<device>', 'its id, as the list shows it')
    .action((id: string, options: CommonOptions) =>
      choose(options, (deps) => runPairRevoke(id, options, deps)),
    );
};

/** Prints a one-time code and the address that holds it; stdout: the address. */
export async function runPair(options: PairOptions, deps: Deps): Promise<ExitCode> {
  const { api, server } = await connect(deps);
  const code = await api.signInCode(options.role);
  const [base = server.url] = await networkAddresses(deps);
  const url = invitationUrl(base, code.code);
  if (options.json) {
    printJson(deps, { code: code.code, url, expiresAt: code.expiresAt });
    return exitCodes.ok;
  }
  if (options.quiet || deps.stdout.isTTY !== true) printLine(deps, url);
  if (options.quiet) return exitCodes.ok;
  await sayInvitation(deps, base, code);
  if (new URL(base).hostname === '127.0.0.1') {
    sayLine(deps, 'Only this computer reaches that address: kdrama stop, then kdrama start --lan');
  }
  return exitCodes.ok;
}

/** Prints the devices, the one seen last first: a table, NDJSON, or with `quiet` the ids. */
export async function runPairList(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const devices = await api.devices();
  if (options.json) devices.forEach((device) => printJson(deps, device));
  else if (options.quiet) devices.forEach(({ id }) => printLine(deps, id));
  else if (devices.length > 0) printTable(deps.stdout, { headings, rows: devices.map(row) });
  else sayLine(deps, 'No device is signed in. Pair one: kdrama pair');
  return exitCodes.ok;
}

/** Signs a device out, wherever it is. Throws DEVICE_NOT_FOUND. */
export async function runPairRevoke(
  id: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  await api.revokeDevice(id);
  if (options.json) printJson(deps, { id, revoked: true });
  else if (!options.quiet) sayLine(deps, `${id} is signed out.`);
  return exitCodes.ok;
}

const headings = ['DEVICE', 'NAME', 'MAY', 'PAIRED', 'LAST SEEN'];

function row({ id, name, role, createdAt, lastSeenAt }: DeviceView): string[] {
  return [
    id,
    safeText(name),
    role,
    ...[createdAt, lastSeenAt].map((time) => localTime(time).slice(0, -3)),
  ];
}
