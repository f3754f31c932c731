import type { z } from 'zod';
import { KdramaError } from '../../../shared/errors.js';
import { issueSentence } from './issue-sentence.js';

/** A body can be wrong in ten thousand places. */
const mostNamed = 20;

/**
 * What came, validated once. Throws VALIDATION_FAILED naming each field that does not fit, with
 * `spell` as the client writes it.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  spell: (field: string) => string = (field) => field,
): z.output<Schema> {
  const parsed = schema.safeParse(input, { error: issueSentence });
  if (parsed.success) return parsed.data;
  const named = new Map<string, string>();
  // What is of the wrong type may be too short as well: the first thing said of a field is enough.
  for (const { path, message } of parsed.error.issues) {
    const field = spell(path.join('.'));
    if (named.size < mostNamed && !named.has(field)) named.set(field, message);
  }
  const issues = [...named].map(([path, message]) => ({ path, message }));
  const sentence = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new KdramaError('VALIDATION_FAILED', sentence.join('; '), { details: { issues } });
}
