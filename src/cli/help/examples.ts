import type { Command } from 'commander';

/** A line to type, and what it is for. */
export type Example = readonly [line: string, about: string];

const examples = new WeakMap<Command, readonly Example[]>();

/** Says how a command is used: its help, docs/cli.md and the manual page show it. */
export function withExamples(command: Command, ...given: readonly Example[]): Command {
  examples.set(command, given);
  return command;
}

export function examplesOf(command: Command): readonly Example[] {
  return examples.get(command) ?? [];
}
