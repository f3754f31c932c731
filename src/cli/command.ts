import { Option, type Command } from 'commander';
import type { ExitCode } from '../shared/exit.js';
import type { Deps } from './deps.js';
import { commonOptionsHeading } from './help/layout.js';

/** What every command understands. */
export interface CommonOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** A parsed command line: nothing was done yet. */
export interface Invocation {
  readonly options: CommonOptions;
  run(deps: Deps): Promise<ExitCode>;
}

export type Choose = (options: CommonOptions, run: Invocation['run']) => void;

/** Parsing: adds one command to the program; its action chooses what will run. */
export type Define = (command: Command, choose: Choose) => void;

/** Adds the options that all commands share. */
export function withCommonOptions(command: Command): Command {
  return command
    .addOption(inCommon(new Option('--json', 'print JSON, one value a line').default(false)))
    .addOption(inCommon(new Option('-q, --quiet', 'print only the data').default(false)))
    .addOption(inCommon(new Option('--verbose', 'show the cause of an error').default(false)))
    .addHelpOption(inCommon(new Option('-h, --help', 'show this')));
}

function inCommon(option: Option): Option {
  return option.helpGroup(commonOptionsHeading);
}
