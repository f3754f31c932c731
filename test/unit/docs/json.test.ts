import type { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { loadProgram } from '../../../src/cli/program.js';
import { jsonOutput } from '../../../src/shared/contract/command-line.js';
import { cliDeps } from '../../support/cli-deps.js';
import { jsonPage } from './json-page.js';

test('docs/json.md has every field as it is (vitest -u writes it anew)', async () => {
  const page = '../../../docs/json.md';
  const options = await resolveConfig(new URL(page, import.meta.url).pathname);
  const text = await format(jsonPage(), { ...options, parser: 'markdown' });
  await expect(text).toMatchFileSnapshot(page);
});

test('docs/json.md leaves out no command that takes --json', async () => {
  const program = await loadProgram(undefined, cliDeps());
  const leaves = program.commands.flatMap((command) => [
    ...(command.commands.length === 0 || takesWords(command) ? [command.name()] : []),
    ...command.commands.map((each) => `${command.name()} ${each.name()}`),
  ]);
  const written = Object.keys(jsonOutput);
  // The log's own lines, as they were written.
  expect(leaves.filter((name) => name !== 'logs' && !written.includes(name))).toEqual([]);
});

function takesWords({ registeredArguments }: Command): boolean {
  return registeredArguments.length > 0;
}
