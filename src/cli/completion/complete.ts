import { PassThrough } from 'node:stream';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Deps } from '../deps.js';
import { printLine } from '../output/say.js';
import { loadProgram } from '../program.js';
import { expectedWord, joinAtEqualSigns, type Candidate, type Expected } from './expected-word.js';
import { liveIds } from './live-ids.js';

/** The word before those of the command line that are asked about; shell scripts alone say it. */
export const completeWord = '__complete';

/**
 * Prints what the last word may become, a line each: the word, a tab, what it means; before all `:files` or
 * `:directories` where the shell knows best. Whatever goes wrong, it says nothing: somebody is typing.
 */
export async function complete(typed: readonly string[], deps: Deps): Promise<ExitCode> {
  const silent = { ...deps, stderr: new PassThrough().resume() };
  const words = joinAtEqualSigns(typed);
  try {
    const program = await loadProgram(words.length > 1 ? words[0] : undefined, silent);
    const expected = expectedWord(program, words);
    const candidates = await candidatesOf(expected, silent);
    const fitting = candidates.filter(({ value }) => value.startsWith(words.at(-1) ?? ''));
    if (expected.kind === 'files' || expected.kind === 'directories') {
      printLine(deps, `:${expected.kind}`);
    }
    fitting.forEach(({ value, about }) => printLine(deps, `${value}\t${about}`));
  } catch {
    return exitCodes.ok;
  }
  return exitCodes.ok;
}

async function candidatesOf(expected: Expected, deps: Deps): Promise<readonly Candidate[]> {
  if (expected.kind === 'files') return [];
  if ('candidates' in expected) return expected.candidates;
  if (expected.kind !== 'settings') return liveIds(expected, deps);
  const { settingsOf } = await import('../config/config-file.js');
  const settings = settingsOf({ text: '', path: '' }, {});
  return settings.map(({ key, about }) => ({ value: key, about }));
}
