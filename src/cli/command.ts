import type { Command } from 'commander';
import type { ExitCode } from '../shared/exit.js';
import type { Deps } from './deps.js';

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
    .option('--json', 'print JSON, one value a line', false)
    .option('-q, --quiet', 'print only the data', false)
    .option('--verbose', 'show the cause of an error', false);
}
