import type { Context, Hono } from 'hono';
import type { Input, Operation } from '../../shared/contract/operation.js';
import { answerOnce } from './answer/answer-once.js';
import type { AppEnv } from './env.js';
import { readJson } from './request/json-body.js';
import { parseInput } from './request/parse-input.js';
import { isOfSnakeFamily, snakeSpelling, toCamelCase } from './request/snake-case.js';

export type Handler<Described extends Operation> = (
  c: Context<AppEnv>,
  input: Input<Described>,
) => Response | Promise<Response>;

/**
 * Serves an operation under all its paths: what comes is validated as it is described, once, before
 * the handler sees it; what starts work is answered once for each Idempotency-Key. Throws
 * VALIDATION_FAILED, UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE.
 */
export function endpoint<const Described extends Operation>(
  app: Hono<AppEnv>,
  described: Described,
  handle: Handler<Described>,
): void {
  app.on(described.method, [...described.paths], (c) => {
    const answer = async () => handle(c, await input(c, described));
    return described.startsWork === true ? answerOnce(c, described, answer) : answer();
  });
}

async function input<Described extends Operation>(
  c: Context<AppEnv>,
  described: Described,
): Promise<Input<Described>> {
  const { params, query, headers } = described;
  const given = { params: c.req.param(), query: c.req.query(), headers: c.req.header() };
  return {
    params: params === undefined ? given.params : parseInput(params, given.params),
    query:
      query === undefined ? given.query : parseInput(query, toCamelCase(given.query), parameterOf),
    headers: headers === undefined ? given.headers : parseInput(headers, given.headers),
    body: await body(c, described),
  } as Input<Described>;
}

/** One parameter may hold several values. */
function parameterOf(field: string): string {
  return field.split('.')[0] ?? field;
}

/** Requests of the singular `/job…` family may name their fields in snake_case. */
async function body(c: Context<AppEnv>, described: Operation): Promise<unknown> {
  if (described.body === undefined) return undefined;
  const isLeftOut = described.bodyOptional === true && c.req.header('content-type') === undefined;
  if (isLeftOut) return parseInput(described.body, {});
  const spelling = isOfSnakeFamily(c.req.path) ? snakeSpelling : undefined;
  return readJson(c, described.body, spelling);
}
