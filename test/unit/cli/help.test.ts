import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { examplesOf } from '../../../src/cli/help/examples.js';
import { loadProgram, parse } from '../../../src/cli/program.js';
import { cliDeps } from '../../support/cli-deps.js';

const program = await loadProgram(undefined, cliDeps());
const commands = [program, ...program.commands.flatMap((each) => [each, ...each.commands])];
const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;

test.each(commands.map((command) => [nameOf(command), command] as const))(
  '%s --help has examples, which can be typed as they are',
  async (_, command) => {
    const examples = examplesOf(command);
    expect(examples).not.toHaveLength(0);
    for (const [line] of examples) {
      const deps = cliDeps();
      const parsed = await parse(wordsOfKdrama(line), deps);
      expect(parsed, `${line}: ${deps.err()}`).toHaveProperty('invocation');
    }
  },
);

test.each(commands.map((command) => [nameOf(command), command] as const))(
  '%s --help fits into 80 columns',
  async (_, command) => {
    const deps = cliDeps();
    const words = nameOf(command).split(' ').slice(1);
    expect(await parse([...words, '--help'], deps)).toEqual({ exit: 0 });
    expect(
      deps
        .out()
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  },
);

test('help is plain in a pipe and where nobody wants colour, bold on a terminal', async () => {
  expect(await helpOn({})).not.toContain('\u001B');
  expect(await helpOn({ isTTY: true })).toContain('\u001B[1mUsage:');
  expect(await helpOn({ isTTY: true }, { NO_COLOR: '1' })).not.toContain('\u001B');
  expect(await helpOn({ isTTY: true }, { TERM: 'dumb' })).not.toContain('\u001B');
});

test.each([
  [['stauts'], 'Did you mean status?'],
  [['constructor'], "unknown command 'constructor'"],
  [['user', 'ad'], 'Did you mean add?'],
  [['status', '--jsno'], 'Did you mean --json?'],
  [['upload', '--tilte', 'Rain', 'rain.mkv'], 'Did you mean --title?'],
  [
    ['show', '0123456789abcd', 'playable', '12%', 'Rain'],
    'With -q it prints ids and nothing else.',
  ],
])(
  'a slip of the finger (%j) is a mistake in usage, with a guess what was meant',
  async (words, guess) => {
    const deps = cliDeps();
    expect(await parse(words, deps)).toEqual({ exit: 2 });
    expect(deps.err()).toContain(guess);
    expect(deps.out()).toBe('');
  },
);

/** What follows `kdrama` in a line for a shell, to the end of that command. */
function wordsOfKdrama(line: string): string[] {
  const part = /kdrama ([^|&)<]*)/.exec(line)?.[1] ?? '';
  return part.trim().split(/ +/);
}

async function helpOn(terminal: { isTTY?: boolean }, env: Record<string, string> = {}) {
  const deps = cliDeps({ env });
  Object.assign(deps.stdout, terminal);
  await parse(['--help'], deps);
  return deps.out();
}
