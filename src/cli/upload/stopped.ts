import { safeText } from '../output/safe-text.js';
import { shellQuote } from '../output/shell-quote.js';
import type { Step } from '../progress/step.js';
import { stdinName } from './add-named.js';

/** A file that was not finished when the command stopped. */
export interface Unfinished {
  readonly file: string;
  readonly step: Step;
}

/** Pure: what goes on by itself, and the command, with these options, that goes on with the rest. */
export function stoppedLines(
  unfinished: readonly Unfinished[],
  options: readonly string[],
): string[] {
  const inLibrary = unfinished.filter(({ step }) => step.name === 'making');
  const copying = unfinished.filter(({ step }) => step.name === 'copying');
  const stdin = unfinished.filter((each) => each.file === stdinName && !inLibrary.includes(each));
  const goOn = [...inLibrary, ...copying, ...stdin];
  const open = unfinished.filter((each) => !goOn.includes(each));
  const lines = byItself([...inLibrary, ...copying]);
  if (stdin.length > 0)
    lines.push('Stopped. A pipe cannot go on: start it again from its beginning.');
  if (open.length === 0) return lines;
  const names = open.map(({ file }) => (file.startsWith('-') ? `./${file}` : file));
  const words = [...options, ...names].map(shellQuote);
  return [...lines, `Stopped. To go on where it was: kdrama upload ${words.join(' ')}`];
}

function byItself(files: readonly Unfinished[]): string[] {
  const [first] = files;
  if (first === undefined) return [];
  const what = files.length === 1 ? safeText(first.file) : `${files.length} files`;
  const them = files.length === 1 ? 'it' : 'them';
  return [`The daemon goes on with ${what} by itself; see ${them} with: kdrama status`];
}
