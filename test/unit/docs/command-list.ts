import { PassThrough } from 'node:stream';
import { Help, type Command } from 'commander';
import { argumentsOf, commonOptionsHeading, helpLayout } from '../../../src/cli/help/layout.js';
import { loadProgram } from '../../../src/cli/program.js';
import { exitCodes } from '../../../src/shared/exit.js';

export const program = await loadProgram(undefined, {
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  env: {},
});

const help = Object.assign(new Help(), helpLayout);

/** A term of a list, and what it means. */
export type Item = readonly [term: string, about: string];

/** The commands by the headings of the help, in its order. */
export function commandGroups(): Map<string, Command[]> {
  const visible = help.visibleCommands(program);
  const groups = help.groupItems(visible, visible, (command) => command.helpGroup());
  return new Map([...groups].map(([heading, commands]) => [heading.replace(/:$/, ''), commands]));
}

/** A command with all below it, each with its words: `user add`. */
export function withSubcommands(command: Command): [string, Command][] {
  const nested = command.commands.map((each): [string, Command] => [
    `${command.name()} ${each.name()}`,
    each,
  ]);
  return [[command.name(), command], ...nested];
}

export function usageOf(words: string, command: Command): string {
  const more = command.commands.length > 0 ? ['[command]'] : argumentsOf(command);
  return ['kdrama', words, '[options]', ...more].join(' ');
}

/** What a command does, as a sentence. */
export function sentenceOf(command: Command): string {
  const about = command.description();
  return `${about.slice(0, 1).toUpperCase()}${about.slice(1)}.`;
}

export function argumentItems(command: Command): Item[] {
  return help
    .visibleArguments(command)
    .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]);
}

export function optionItems(command: Command): Item[] {
  return items(command, (heading) => heading !== commonOptionsHeading);
}

/** What every command takes. */
export function commonOptionItems(): Item[] {
  const [any] = program.commands;
  if (any === undefined) throw new Error('there is no command');
  return items(any, (heading) => heading === commonOptionsHeading);
}

function items(command: Command, isWanted: (heading: string | undefined) => boolean): Item[] {
  return help
    .visibleOptions(command)
    .filter(({ helpGroupHeading }) => isWanted(helpGroupHeading))
    .map((option) => [help.optionTerm(option), help.optionDescription(option)]);
}

const exitMeanings: Record<keyof typeof exitCodes, string> = {
  ok: 'done',
  failed: 'failed',
  usage: 'the words of the command, or a setting, are not valid',
  notFound: 'the video, job or other thing that is named is not there',
  unreachable: 'no daemon answers, or one that speaks another version',
  notAllowed: 'not allowed',
  partial: 'some of several failed',
  running: 'not done yet (`status --exit-status`)',
  timeout: '`--timeout` is over',
  interrupted: 'ended by Ctrl-C',
  terminated: 'ended by SIGTERM',
};

export function exitItems(): Item[] {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return names.map((name) => [String(exitCodes[name]), exitMeanings[name]]);
}

/** What the command line itself reads of the environment; settings of the daemon come beside them. */
export const environmentItems: readonly Item[] = [
  ['KDRAMA_HOME', 'where everything lies; default: the data directory of the platform'],
  ['KDRAMA_HOST', 'HOST:PORT or address of a daemon elsewhere; then none is started here'],
  ['KDRAMA_TOKEN', 'an API key or token for it; default: the one of this home'],
  ['KDRAMA_CA', 'PEM file of the authority that its certificate is checked with'],
  ['NO_COLOR', 'no colours'],
];
