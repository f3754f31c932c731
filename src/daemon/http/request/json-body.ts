import type { Context } from 'hono';
import type { z } from 'zod';
import { KdramaError } from '../../../shared/errors.js';
import { readBody } from './body.js';
import type { AppEnv } from '../env.js';
import { demandShape } from './json-shape.js';
import { parseInput } from './parse-input.js';
import type { Spelling } from './snake-case.js';

const limits = { maxBytes: 1024 * 1024, timeLimitMs: 15_000 };

/**
 * The validated JSON body. Throws UNSUPPORTED_MEDIA_TYPE (a cross-site form may send text/plain
 * without asking first), BODY_TOO_LARGE, VALIDATION_FAILED.
 */
export async function readJson<Schema extends z.ZodType>(
  c: Context<AppEnv>,
  schema: Schema,
  spelling?: Spelling,
): Promise<z.output<Schema>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new KdramaError(
      'UNSUPPORTED_MEDIA_TYPE',
      `expected application/json, got ${type ?? 'none'}`,
    );
  }
  const body = parseJson(await jsonBytes(c));
  return parseInput(schema, spelling === undefined ? body : spelling.read(body), spelling?.say);
}

/** The bytes of a JSON body as they came, read once. Throws BODY_TOO_LARGE, VALIDATION_FAILED. */
export async function jsonBytes(c: Context<AppEnv>): Promise<Buffer> {
  const present = c.get('bodyBytes');
  if (present !== undefined) return present;
  const bytes = await readBody(c.env.incoming, limits);
  c.set('bodyBytes', bytes);
  return bytes;
}

function parseJson(bytes: Buffer): unknown {
  demandShape(bytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new KdramaError('VALIDATION_FAILED', 'expected a JSON body', { cause: error });
  }
}
