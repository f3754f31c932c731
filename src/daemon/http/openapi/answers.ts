import type { ZodOpenApiContentObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { z } from 'zod';
import { errorsOf } from '../../../shared/contract/operation-errors.js';
import type { Answer, Operation } from '../../../shared/contract/operation.js';
import { errorKind, type ErrorCode } from '../../../shared/errors.js';

type Described = NonNullable<ZodOpenApiResponsesObject['default']>;

/**
 * Every answer of an operation by status: its own, and its errors with their codes. An answer that
 * is described by the operation itself goes before an error of the same status.
 */
export function answersOf(
  operation: Operation,
  rename: (schema: z.ZodType) => z.ZodType,
): ZodOpenApiResponsesObject {
  const errors = [...errorsOf(operation)].map(
    ([status, codes]) => [status, errorAnswer(codes)] as const,
  );
  const own = Object.entries(operation.answers).map(
    ([status, answer]) => [status, ownAnswer(answer, rename, status)] as const,
  );
  return Object.fromEntries([...errors, ...own]);
}

function ownAnswer(
  answer: Answer,
  rename: (schema: z.ZodType) => z.ZodType,
  status: string,
): Described {
  const { description, headers = {} } = answer;
  const content = contentOf(answer, rename);
  return {
    description,
    headers: {
      ...(status === '202' && acceptedHeaders),
      ...headerObjects(headers),
      ...requestIdHeader,
    },
    ...(content && { content }),
  };
}

/** The schema describes JSON; other content types of the same answer are bytes or text. */
function contentOf(
  { schema, contentType }: Answer,
  rename: (schema: z.ZodType) => z.ZodType,
): ZodOpenApiContentObject | undefined {
  if (schema === undefined && contentType === undefined) return undefined;
  const types = [contentType ?? 'application/json'].flat();
  return Object.fromEntries(
    types.map((type) => [
      type,
      schema !== undefined && type.startsWith('application/json') ? { schema: rename(schema) } : {},
    ]),
  );
}

function errorAnswer(codes: readonly ErrorCode[]): Described {
  return {
    description: codes.map(errorSentence).join('\n\n'),
    headers: { ...(codes.some(isPassing) && retryAfterHeader), ...requestIdHeader },
    content: {
      'application/json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Error' },
            { properties: { error: { properties: { code: { enum: [...codes] } } } } },
          ],
        },
      },
    },
  };
}

function errorSentence(code: ErrorCode): string {
  const { message, hint } = errorKind(code);
  return [`\`${code}\` ${message.replace(/\.$/, '')}.`, ...(hint ? [hint] : [])].join(' ');
}

/** Worth asking again for. */
function isPassing(code: ErrorCode): boolean {
  return [429, 503].includes(errorKind(code).status) || code === 'STREAM_NOT_READY';
}

function headerObjects(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  );
}

const requestIdHeader = headerObjects({ 'X-Request-Id': 'Names this request in the log' });
const acceptedHeaders = headerObjects({
  Location: 'Where to follow it',
  Link: 'Its status, as `rel="status"`',
  'Retry-After': 'Seconds after which to look',
});
const retryAfterHeader = headerObjects({ 'Retry-After': 'Seconds after which to ask again' });
