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
  program,
  sentenceOf,
  usageOf,
  withSubcommands,
  type Item,
} from './command-list.js';

/** man/kdrama.1, in the man macros that every system formats (man 7). */
export function manualPage(): string {
  return [
    `.\\" Made from the commands themselves: npm run docs`,
    `.TH KDRAMA 1 "" "kdrama" "User Commands"`,
    `.SH NAME\nkdrama \\- ${roff(program.description().replace(/^A |\.$/g, ''))}`,
    `.SH SYNOPSIS\n.B kdrama\n.I command\n[options]`,
    `.SH DESCRIPTION\n${roff('Adds episodes to the library of a daemon, which makes them streamable, and shows what is going on there. Data goes to stdout, talk to stderr. Every command takes the id of a video or of its job. "kdrama COMMAND --help" says what is below, too.')}`,
    ...[...commandGroups()].flatMap(([heading, commands]) => [
      `.SH ${roff(heading.toUpperCase())}`,
      ...commands.flatMap(withSubcommands).map(section),
    ]),
    `.SH COMMON OPTIONS`,
    ...commonOptionItems().map(item),
    `.SH EXIT STATUS`,
    ...exitItems().map(item),
    `.SH ENVIRONMENT`,
    ...environmentItems.map(item),
    ...Object.values(settings).map(({ key, env, about }) => item([env, `${about} (${key})`])),
    `.SH FILES`,
    item(['$KDRAMA_HOME/config.toml', 'settings, by the names in parentheses above']),
    item(['$KDRAMA_HOME/daemon.log', 'what the daemon did; "kdrama logs" shows it']),
    '',
  ].join('\n');
}

function section([words, command]: [string, Command]): string {
  return [
    `.SS ${roff(usageOf(words, command))}`,
    roff(sentenceOf(command)),
    ...[...argumentItems(command), ...optionItems(command)].map(item),
    ...examplesOf(command).map(
      ([line, about]) => `.PP\n${roff(about)}:\n.PP\n.RS 4\n.nf\n${roff(line)}\n.fi\n.RE`,
    ),
  ].join('\n');
}

function item([term, about]: Item): string {
  return `.TP\n.B ${roff(term)}\n${roff(about.replaceAll('`', ''))}`;
}

/**
 * A hyphen that can be typed, nothing beyond ASCII, and no line that begins as a request does
 * (groff_char 7).
 */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replace(/^\./, '\\&.')
    .replaceAll(/[^ -~\n]/gu, codePoint);
}

function codePoint(character: string): string {
  const hexadecimal = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `\\[u${hexadecimal}]`;
}
