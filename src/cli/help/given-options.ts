import type { Command } from 'commander';

/** Pure: the options of a parsed command line, one word each, that say the same again; not `except`. */
export function givenOptions(command: Command, except: readonly string[]): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (except.includes(name) || command.getOptionValueSource(name) !== 'cli') return [];
    const value: unknown = command.getOptionValue(name);
    const flag = option.long ?? '';
    return typeof value === 'boolean' ? [flag] : [`${flag}=${String(value)}`];
  });
}
