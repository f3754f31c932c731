import type { z } from 'zod';
import { KdramaError } from '../../../shared/errors.js';

/** What came, validated once. Throws VALIDATION_FAILED naming each field that does not fit. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }));
  const sentence = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new KdramaError('VALIDATION_FAILED', sentence.join('; '), { details: { issues } });
}
