import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseInput } from '../../../src/daemon/http/request/parse-input.js';
import { KdramaError } from '../../../src/shared/errors.js';

const schema = z.strictObject({
  size: z.number().int().min(1).max(10),
  name: z.string().min(1),
  level: z.enum(['low', 'high']),
  password: z.string().min(12),
  url: z.url(),
  either: z.union([z.string(), z.number()]),
  list: z.array(z.number()),
});

const good = {
  size: 1,
  name: 'a',
  level: 'low',
  password: 'correct horse',
  url: 'http://a/',
  either: 1,
  list: [],
};

function said(input: unknown): string {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (error instanceof KdramaError) return error.message.replace('Request is not valid: ', '');
    throw error;
  }
  return 'nothing';
}

describe('parseInput says what was expected and what came', () => {
  test.each([
    [{}, 'nothing'],
    [{ size: 'x' }, 'size: expected a number, got "x"'],
    [{ size: 1.5 }, 'size: expected a whole number, got 1.5'],
    [{ size: NaN }, 'size: expected a number, got NaN'],
    [{ size: 0 }, 'size: expected at least 1, got 0'],
    [{ size: 11 }, 'size: expected at most 10, got 11'],
    [{ size: undefined }, 'size: expected a number, got nothing'],
    [{ name: '' }, 'name: expected some text, got ""'],
    [{ name: null }, 'name: expected text, got null'],
    [{ name: [] }, 'name: expected text, got a list'],
    [{ level: 'mid' }, 'level: expected "low" or "high", got "mid"'],
    [{ url: 'nowhere' }, 'url: expected an absolute address, got "nowhere"'],
    [{ either: true }, 'either: expected one of the forms that /docs lists, got true'],
    [{ list: [1, 'b'] }, 'list.1: expected a number, got "b"'],
    [{ sise: 1 }, 'expected no field "sise", got an object'],
  ])('%j', (change, sentence) => {
    expect(said({ ...good, ...change })).toBe(sentence);
  });

  test('what may be a secret is not repeated, what is long is cut', () => {
    expect(said({ ...good, password: 'hunter2' })).toBe(
      'password: expected at least 12 characters, got text',
    );
    expect(said({ ...good, level: 'x'.repeat(500) }).length).toBeLessThan(120);
    expect(said({ ...good, list: Array.from({ length: 5000 }, () => 'x') }).length).toBeLessThan(
      1500,
    );
  });
});
