import type { z } from 'zod';

const longestShown = 60;
const secretNames = /password|secret|token|code|key|checksum/i;

type RawIssue = z.core.$ZodRawIssue;

/**
 * What was expected and what came, for one thing that is wrong with a request; undefined where the
 * schema has a sentence of its own. Values of what may be a secret are not repeated.
 */
export function issueSentence(issue: RawIssue): string | undefined {
  const expected = expectation(issue);
  if (expected === undefined) return undefined;
  const isSecret = issue.path?.some((part) => secretNames.test(String(part))) === true;
  return `expected ${expected}, got ${isSecret ? typeName(issue.input) : shown(issue.input)}`;
}

function expectation(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWord(issue.expected);
    case 'too_small':
      return bound(issue.origin, 'at least', issue.minimum, issue.inclusive !== false);
    case 'too_big':
      return bound(issue.origin, 'at most', issue.maximum, issue.inclusive !== false);
    case 'invalid_format':
      return issue.format === 'regex' ? `text like ${issue.pattern}` : formatWord(issue.format);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'unrecognized_keys':
      return `no field ${issue.keys.map((key) => JSON.stringify(key)).join(' or ')}`;
    case 'invalid_union':
      return 'one of the forms that /docs lists';
    default:
      return undefined;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formatWords: Readonly<Record<string, string>> = {
  url: 'an absolute address',
  datetime: 'a time in ISO 8601 with its zone',
};

function formatWord(format: string): string {
  return formatWords[format] ?? `a valid ${format}`;
}

function typeWord(expected: string): string {
  return typeWords[expected] ?? expected;
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' values' };

function bound(
  origin: string,
  word: 'at least' | 'at most',
  limit: number | bigint | undefined,
  isIncluded: boolean,
): string | undefined {
  if (limit === undefined) return undefined;
  if (origin === 'string' && Number(limit) === 1 && word === 'at least') return 'some text';
  const beyond = word === 'at least' ? 'more than' : 'less than';
  return `${isIncluded ? word : beyond} ${limit}${units[origin] ?? ''}`;
}

function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return typeName(value);
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeWords[typeof value] ?? typeof value;
}
