import type { ConfigView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine } from '../output/say.js';
import { printTable } from '../output/table.js';

export interface ConfigListOptions extends CommonOptions {
  readonly showOrigin: boolean;
}

type Setting = ConfigView['settings'][number];

export const defineConfig: Define = (command, choose) => {
  withExamples(command, ['kdrama config list', 'what can be set, and what is']);
  const list = command.command('list').description('the settings that the daemon runs with');
  withExamples(withCommonOptions(list), [
    'kdrama config list --show-origin',
    'what comes from a file, from a variable, by default',
  ])
    .option('--show-origin', 'say where each comes from, and its variable', false)
    .action((options: ConfigListOptions) =>
      choose(options, (deps) => runConfigList(options, deps)),
    );
};

/** Prints every setting of the running daemon; with `quiet` the keys that somebody has set. */
export async function runConfigList(options: ConfigListOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { settings } = await api.config();
  if (options.json) settings.forEach((setting) => printJson(deps, setting));
  else if (options.quiet) {
    const chosen = settings.filter(({ origin }) => origin !== 'default');
    chosen.forEach(({ key }) => printLine(deps, key));
  } else printTable(deps.stdout, configTable(settings, options.showOrigin));
  return exitCodes.ok;
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
