import type { Command } from 'commander';
import { examplesOf } from '../../../src/cli/help/examples.js';
import { settings } from '../../../src/shared/settings.js';
import {
  argumentItems,
  commandGroups,
  commonOptionItems,
  environmentItems,
  exitItems,
  optionItems,
  sentenceOf,
  usageOf,
  withSubcommands,
  type Item,
} from './command-list.js';

const head = `# The command line

<!-- Made from the commands themselves: npm run docs -->

Data goes to stdout, talk to stderr. Every command takes the id of a video or of its job. A mistyped command or option
is answered with what was probably meant.
`;

/** docs/cli.md: every command as its \`--help\` says it. */
export function cliPage(): string {
  const groups = [...commandGroups()];
  return [
    head,
    ...groups.map(([heading, commands]) => overview(heading, commands)),
    `## Common options\n\n${list(commonOptionItems())}`,
    ...groups.flatMap(([, commands]) => commands.flatMap(withSubcommands)).map(section),
    `## Exit codes\n\nOthers than these mean failure, too.\n\n${list(exitItems())}`,
    `## Environment\n\n${list(environmentItems)}`,
    `## Settings\n\nIn \`config.toml\` of the home, or as variables, which win.\n\n${settingTable()}`,
  ].join('\n\n');
}

function overview(heading: string, commands: readonly Command[]): string {
  const lines = commands.map(
    (command) => `- [\`${command.name()}\`](#kdrama-${command.name()}): ${command.description()}`,
  );
  return [`**${heading}**`, lines.join('\n')].join('\n\n');
}

function section([words, command]: [string, Command]): string {
  const examples = examplesOf(command).map(([line, about]) => `# ${about}\n${line}`);
  return [
    `${words.includes(' ') ? '###' : '##'} kdrama ${words}`,
    sentenceOf(command),
    `    ${usageOf(words, command)}`,
    list([...argumentItems(command), ...optionItems(command)]),
    `\`\`\`sh\n${examples.join('\n\n')}\n\`\`\``,
  ].join('\n\n');
}

function list(items: readonly Item[]): string {
  return items.map(([term, about]) => `- \`${term}\`: ${about}`).join('\n');
}

function settingTable(): string {
  const rows = Object.values(settings).map(
    ({ key, env, about }) => `| \`${key}\` | \`${env}\` | ${about} |`,
  );
  return ['| key | variable | what |', '| --- | --- | --- |', ...rows].join('\n');
}
