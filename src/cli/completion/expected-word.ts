import type { Argument, Command, Option } from 'commander';

/** What may be put in the place of a word, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** What a word on the command line may be. */
export type Expected =
  | { readonly kind: 'words'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'files' }
  /** `candidates`: what else it may be, commands. */
  | { readonly kind: 'directories'; readonly candidates: readonly Candidate[] }
  /** `of`: the command that takes them. */
  | { readonly kind: 'jobs'; readonly of: string }
  | { readonly kind: 'videos' }
  | { readonly kind: 'settings' };

const nothing: Expected = { kind: 'words', candidates: [] };

/** Pure: what the last of the words after `kdrama`, which may be half typed or empty, may be. */
export function expectedWord(program: Command, words: readonly string[]): Expected {
  const last = words.at(-1) ?? '';
  const { command, position, open, isPastOptions } = walk(program, words.slice(0, -1));
  if (open !== undefined) return valueOf(open, command);
  if (!isPastOptions && last.startsWith('-')) return optionOrItsValue(command, last);
  const argument = command.registeredArguments[position] ?? lastVariadic(command);
  const commands = position === 0 && !isPastOptions ? command.commands.map(asCandidate) : [];
  if (argument === undefined) return { kind: 'words', candidates: commands };
  const expected = valueOf(argument, command);
  return expected.kind === 'directories' ? { ...expected, candidates: commands } : expected;
}

/** Pure: bash tears `--wait=ready` into three words. */
export function joinAtEqualSigns(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [index, word] of words.entries()) {
    const previous = joined.at(-1) ?? '';
    const continues = word === '=' || words[index - 1] === '=';
    if (continues && previous.startsWith('--')) joined[joined.length - 1] = previous + word;
    else joined.push(word);
  }
  return joined;
}

interface Place {
  readonly command: Command;
  /** Of the next argument. */
  readonly position: number;
  /** An option whose value comes next. */
  readonly open: Option | undefined;
  /** After `--`. */
  readonly isPastOptions: boolean;
}

function walk(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, position: 0, open: undefined, isPastOptions: false };
  for (const word of words) place = step(place, word);
  return place;
}

function step(place: Place, word: string): Place {
  const { command, position, open, isPastOptions } = place;
  if (open !== undefined) return { ...place, open: undefined };
  if (word === '--' && !isPastOptions) return { ...place, isPastOptions: true };
  if (word.startsWith('-') && !isPastOptions) {
    const option = command.options.find((each) => each.long === word || each.short === word);
    return { ...place, open: option?.required === true ? option : undefined };
  }
  const nested = position === 0 ? command.commands.find((each) => each.name() === word) : undefined;
  return nested === undefined
    ? { ...place, position: position + 1 }
    : { ...place, command: nested };
}

function optionOrItsValue(command: Command, word: string): Expected {
  const [flag = '', value] = word.split('=', 2);
  if (value === undefined) {
    const shown = command.options.filter(({ hidden }) => !hidden);
    const candidates = shown.map(({ long, short, description }) => ({
      value: long ?? short ?? '',
      about: description,
    }));
    return { kind: 'words', candidates: [...candidates, { value: '--help', about: 'show help' }] };
  }
  const option = command.options.find(({ long }) => long === flag);
  const expected = option === undefined ? nothing : valueOf(option, command);
  if (expected.kind !== 'words') return expected;
  const withFlag = (each: Candidate) => ({ ...each, value: `${flag}=${each.value}` });
  return { kind: 'words', candidates: expected.candidates.map(withFlag) };
}

/** By its choices, else by its name: `<file>`, `[jobs...]`, `<video>`, `<setting>`. */
function valueOf(place: Option | Argument, command: Command): Expected {
  if (place.argChoices !== undefined) {
    return { kind: 'words', candidates: place.argChoices.map((value) => ({ value, about: '' })) };
  }
  const name = 'flags' in place ? (/[<[]([^\]>]*)/.exec(place.flags)?.[1] ?? '') : place.name();
  if (/^(dir|folder)/.test(name)) return { kind: 'directories', candidates: [] };
  if (/^(file|path)/.test(name)) return { kind: 'files' };
  if (name === 'setting') return { kind: 'settings' };
  if (/^jobs?\b/.test(name)) return { kind: 'jobs', of: command.name() };
  return /^(videos?|ids?)\b/.test(name) ? { kind: 'videos' } : nothing;
}

function lastVariadic({ registeredArguments }: Command): Argument | undefined {
  const last = registeredArguments.at(-1);
  return last?.variadic === true ? last : undefined;
}

function asCandidate(command: Command): Candidate {
  return { value: command.name(), about: command.description() };
}
