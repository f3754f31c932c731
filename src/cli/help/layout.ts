import { Help, type Command, type Option } from 'commander';
import { examplesOf } from './examples.js';

/** Of the options that all commands share. */
export const commonOptionsHeading = 'Common options:';

const plain = new Help();

/** How help looks: quiet terms, groups, examples under it, and what all commands share last. */
export const helpLayout: Partial<Help> = {
  subcommandTerm: (command) =>
    (command.parent?.parent ?? null) === null
      ? command.name()
      : [command.name(), ...argumentsOf(command)].join(' '),
  // "--help" is how one asks; a command for it would be one more in every list.
  visibleCommands: (command) =>
    plain.visibleCommands(command).filter((each) => each.name() !== 'help'),
  optionDescription,
  groupItems: commonLast,
  styleTitle: (title) => `\u001B[1m${title}\u001B[22m`,
  formatHelp: (command, help) =>
    `${plain.formatHelp.call(help, command, help)}${exampleText(command, help)}`,
};

/** `<video>`, `[files...]`. */
export function argumentsOf(command: Command): string[] {
  return command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
}

/** What it does, then what may follow it and what holds without it: `(auto, http; default: auto)`. */
export function optionDescription(option: Option): string {
  const { argChoices, description } = option;
  const defaultValue = option.defaultValue as string | number | boolean | undefined;
  const isValue = option.required || option.optional;
  const facts = [
    argChoices?.join(', '),
    isValue && defaultValue !== undefined && `default: ${String(defaultValue)}`,
  ].filter((fact) => typeof fact === 'string');
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

/** Groups come in the order in which their first members were added, but the common one. */
function commonLast<Item extends Command | Option>(
  ...[all, visible, groupOf]: Parameters<typeof plain.groupItems<Item>>
): Map<string, Item[]> {
  const groups = plain.groupItems<Item>(all, visible, groupOf);
  const common = groups.get(commonOptionsHeading);
  if (common === undefined) return groups;
  groups.delete(commonOptionsHeading);
  return groups.set(commonOptionsHeading, common);
}

function exampleText(command: Command, help: Help): string {
  const examples = examplesOf(command);
  if (examples.length === 0) return '';
  const lines = examples.map(([line, about]) => `  # ${about}\n  ${line}\n`);
  return `\n${help.styleTitle('Examples:')}\n${lines.join('\n')}`;
}
