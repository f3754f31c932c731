import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import type { ConfigFile } from '../config/config-file.js';
import { noSuchSetting } from '../config/no-such-setting.js';
import { remoteAddress } from '../daemon/address.js';
import { connect, findLocal } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples, type Example } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';
import { writeWhole } from '../output/write-whole.js';

export interface ConfigListOptions extends CommonOptions {
  readonly showOrigin: boolean;
}

type Setting = ConfigView['settings'][number];

export const defineConfig: Define = (command, choose) => {
  const sub = (words: string, about: string, ...examples: Example[]) =>
    withExamples(withCommonOptions(command.command(words).description(about)), ...examples);
  withExamples(
    command,
    ['kdrama config list', 'what can be set, and what is'],
    ['kdrama config set media.dir /mnt/big/kdrama', 'from the next start on'],
  );
  sub('list', 'the settings that the daemon runs with', [
    'kdrama config list --show-origin',
    'what comes from a file, from a variable, by default',
  ])
    .option('--show-origin', 'say where each comes from, and its variable', false)
    .action((options: ConfigListOptions) =>
      choose(options, (deps) => runConfigList(options, deps)),
    );
  sub('get <setting>', 'print one of them', ['kdrama config get media.dir', 'where media lies'])
    .option('--show-origin', 'print its line of the list, with where it comes from', false)
    .action((key: string, options: ConfigListOptions) =>
      choose(options, (deps) => runConfigGet(key, options, deps)),
    );
  sub(
    'set <setting> <value>',
    'write one into config.toml, for the next start; an empty value removes it',
    ['kdrama config set upload.maxBytes 8589934592', 'uploads of up to 8 GiB'],
    ['kdrama config set proxy.trusted 10.0.0.2,10.0.0.3', 'lists have commas'],
    ["kdrama config set media.dir ''", 'back to the default'],
  ).action((key: string, value: string, options: CommonOptions) =>
    choose(options, (deps) => runConfigSet(key, value, options, deps)),
  );
};

/** Prints every setting; with `quiet` the keys that somebody has set. */
export async function runConfigList(options: ConfigListOptions, deps: Deps): Promise<ExitCode> {
  const settings = await settingsNow(deps);
  if (options.json) settings.forEach((setting) => printJson(deps, setting));
  else if (options.quiet) {
    const chosen = settings.filter(({ origin }) => origin !== 'default');
    chosen.forEach(({ key }) => printLine(deps, key));
  } else printTable(deps.stdout, configTable(settings, options.showOrigin));
  return exitCodes.ok;
}

/**
 * Prints the value of a setting, nothing where there is none; with `showOrigin` its line of the list.
 * Throws VALIDATION_FAILED.
 */
export async function runConfigGet(
  key: string,
  options: ConfigListOptions,
  deps: Deps,
): Promise<ExitCode> {
  const settings = await settingsNow(deps);
  const setting = settings.find((each) => each.key === key);
  if (setting === undefined) {
    throw noSuchSetting(
      key,
      settings.map((each) => each.key),
    );
  }
  if (options.json) printJson(deps, setting);
  else if (options.showOrigin && !options.quiet) {
    printTable(deps.stdout, configTable([setting], true));
  } else if (setting.isSet) printLine(deps, safeText(valueText(setting)));
  return exitCodes.ok;
}

/**
 * Writes a setting into config.toml of this home and says what is still to be done. Throws
 * CONFIG_INVALID for what the daemon would not take; nothing is written then.
 */
export async function runConfigSet(
  key: string,
  value: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  refuseRemote(deps);
  const file = readConfigFile(deps.home);
  const { settingsOf, withSetting } = await import('../config/config-file.js');
  const text = withSetting(file, key, value);
  writeWhole(file.path, text, 0o600);
  const setting = settingsOf({ ...file, text }, deps.env).find((each) => each.key === key);
  if (options.json) printJson(deps, { path: file.path, ...setting });
  if (options.json || options.quiet) return exitCodes.ok;
  sayLine(deps, `Wrote ${file.path}.`);
  if (setting?.origin === 'environment') {
    sayLine(deps, `Here ${setting.env} is set, too, and wins.`);
  }
  const running = await findLocal(deps);
  if (running !== undefined) {
    sayLine(deps, 'The daemon runs without it until it is restarted: kdrama restart');
  }
  return exitCodes.ok;
}

/** Of the daemon that runs; where none does, what one that is started now would run with. */
async function settingsNow(deps: Deps): Promise<readonly Setting[]> {
  const isHere = remoteAddress(deps.env) === undefined;
  if (!isHere || (await findLocal(deps)) !== undefined) {
    return (await (await connect(deps)).api.config()).settings;
  }
  const { settingsOf } = await import('../config/config-file.js');
  return settingsOf(readConfigFile(deps.home), deps.env);
}

/** Where a link to it leads, so that changing it leaves the link. */
function readConfigFile(home: string): ConfigFile {
  const path = join(home, 'config.toml');
  if (!existsSync(path)) return { path, text: '' };
  return { path: realpathSync(path), text: readFileSync(path, 'utf8') };
}

function refuseRemote({ env }: Deps): void {
  const remote = remoteAddress(env);
  if (remote === undefined) return;
  throw new KdramaError('CONFIG_INVALID', `KDRAMA_HOST is ${remote}`, {
    hint: 'config.toml lies on the computer of the daemon: run "kdrama config set" over there.',
  });
}

function configTable(settings: readonly Setting[], showOrigin: boolean) {
  const more = (setting: Setting) => [setting.origin, setting.env];
  return {
    headings: ['KEY', 'VALUE', ...(showOrigin ? ['ORIGIN', 'VARIABLE'] : []), 'ABOUT'],
    rows: settings.map((setting) => [
      setting.key,
      safeText(valueText(setting)),
      ...(showOrigin ? more(setting) : []),
      setting.about,
    ]),
  };
}

function valueText({ value, isSecret, isSet }: Setting): string {
  if (isSecret) return isSet ? '(secret)' : '-';
  if (value === null) return '-';
  return Array.isArray(value) ? value.join(',') || '-' : String(value);
}
