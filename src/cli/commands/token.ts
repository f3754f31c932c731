import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { readToken } from '../daemon/address.js';
import type { Deps } from '../deps.js';
import { printJson, printLine } from '../output/say.js';

export const defineToken: Define = (command, choose) => {
  withCommonOptions(command.command('show').description('print the token that this command uses'))
    .addHelpText('after', '\n  curl -H "Authorization: Bearer $(kdrama token show)" …')
    .action((options: CommonOptions) =>
      choose(options, (deps) => Promise.resolve(runTokenShow(options, deps))),
    );
};

/** Prints KDRAMA_TOKEN or this home's admin token. Throws NOT_FOUND when no daemon made one yet. */
export function runTokenShow(options: CommonOptions, deps: Deps): ExitCode {
  const token = readToken(deps.env, deps.home);
  if (token === undefined) {
    throw new KdramaError('NOT_FOUND', `${deps.home} has no token yet`, {
      hint: 'Run "kdrama start" once; it makes one.',
    });
  }
  if (options.json) printJson(deps, { token });
  else printLine(deps, token);
  return exitCodes.ok;
}
