import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Operation } from '../../../shared/contract/operation.js';
import { KdramaError } from '../../../shared/errors.js';
import type { AnswerName, StoredAnswer } from '../../store/answers.js';
import type { AppEnv } from '../env.js';
import { jsonBytes } from '../request/json-body.js';

/** What of an answer belongs to it, beside its body. */
const keptHeaders = [
  ...['content-type', 'location', 'link', 'retry-after', 'preference-applied'],
  ...['upload-offset', 'upload-expires', 'kdrama-video-id', 'kdrama-job-id'],
];
/** What a request says of bytes that are too many to be read twice. */
const bytesHeaders = [
  ...['content-length', 'x-checksum', 'x-chunk-checksum'],
  ...['upload-length', 'upload-metadata'],
];
const inUseRetrySeconds = 1;

type Described = Pick<Operation, 'id' | 'body' | 'bytes'>;

/**
 * Answers an operation that starts something once for each `Idempotency-Key` of a viewer: the same
 * request again gets the same answer, marked `Idempotency-Replayed: true`, and starts nothing. Only
 * answers that did start something are remembered: what was refused may be corrected and sent again
 * under its key. Throws VALIDATION_FAILED (no key), IDEMPOTENCY_KEY_REUSED (another request),
 * IDEMPOTENCY_KEY_IN_USE (the first is still being answered).
 */
export async function answerOnce(
  c: Context<AppEnv>,
  operation: Described,
  answer: () => Promise<Response>,
): Promise<Response> {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return answer();
  const name = { viewer: c.get('viewer')?.id ?? '', operation: operation.id, key: valid(key) };
  const answers = c.get('rememberedAnswers');
  const request = await requestDigest(c, operation);
  const end = answers.begin(name);
  if (end === undefined) throw inUse();
  try {
    const before = answers.find(name);
    if (before !== undefined) return replay(c, before, request);
    return await firstAnswer(c, name, request, answer);
  } finally {
    end();
  }
}

async function firstAnswer(
  c: Context<AppEnv>,
  name: AnswerName,
  request: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  const response = await answer();
  if (!response.ok) return response;
  const headers = Object.fromEntries(
    keptHeaders.flatMap((header) => {
      const value = response.headers.get(header);
      return value === null ? [] : [[header, value] as const];
    }),
  );
  const { status } = response;
  const body = await response.clone().text();
  c.get('rememberedAnswers').remember(name, { request, status, headers, body });
  return response;
}

function replay(c: Context<AppEnv>, stored: StoredAnswer, request: string): Response {
  if (stored.request !== request) throw new KdramaError('IDEMPOTENCY_KEY_REUSED');
  c.header('Idempotency-Replayed', 'true');
  return c.body(stored.body, stored.status as ContentfulStatusCode, { ...stored.headers });
}

/**
 * Of the target as it was written, less the API's prefix, and the bytes of a JSON body as they came;
 * of other bodies, what the headers say of them.
 */
async function requestDigest(c: Context<AppEnv>, { body, bytes }: Described): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  const said = bytes === undefined ? [] : bytesHeaders.map((name) => c.req.header(name) ?? null);
  const head = [pathname.slice(c.get('prefix').length), search, ...said];
  const hash = createHash('sha256').update(JSON.stringify(head));
  return (body === undefined ? hash : hash.update(await jsonBytes(c))).digest('hex');
}

function valid(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new KdramaError(
    'VALIDATION_FAILED',
    'expected an Idempotency-Key of 1 to 255 visible ASCII characters without spaces',
  );
}

function inUse(): KdramaError {
  return new KdramaError('IDEMPOTENCY_KEY_IN_USE', undefined, {
    details: { retryAfterSeconds: inUseRetrySeconds },
  });
}
