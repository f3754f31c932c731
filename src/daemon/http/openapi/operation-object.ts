import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi';
import type { Operation } from '../../../shared/contract/operation.js';
import { answersOf } from './answers.js';
import { snakeSchema } from './snake-schema.js';

const idempotencyKey = z.string().max(255).optional().meta({
  description: 'The same key and body within 24 h get the same answer, another body gets 422',
});

/** One operation as it is served at one of its paths. */
export function operationObject(operation: Operation, path: string): ZodOpenApiOperationObject {
  const isSnakeCase = /^\/job(\/|$)/.test(path);
  const rename = isSnakeCase ? snakeSchema : (schema: z.ZodType) => schema;
  const requestBody = requestBodyOf(operation, rename);
  return {
    operationId: operationId(operation, path),
    summary: operation.summary,
    description: descriptionOf(operation, path),
    tags: [operation.tag],
    'x-required-role': operation.access,
    ...(operation.access === 'open' && { security: [] }),
    ...(operation.alsoAtRoot === true && path === operation.paths[0] && { servers: withRoot }),
    requestParams: requestParams(operation, rename),
    ...(requestBody && { requestBody }),
    responses: answersOf(operation, rename),
  };
}

const withRoot = [{ url: '/api/v1' }, { url: '/api' }, { url: '/' }];

/** Other paths of the same operation are named after the word that sets them apart. */
function operationId({ id, paths }: Operation, path: string): string {
  if (path === paths[0]) return id;
  const words = path.split('/').filter((word) => word !== '' && !word.startsWith(':'));
  return `${id}_${words.join('_').replace(/\W/g, '_')}`;
}

function descriptionOf(operation: Operation, path: string): string {
  const [first] = operation.paths;
  const role = operation.access === 'open' ? 'Needs no credential' : `For ${operation.access}s`;
  const other =
    path === first ? [] : [`The same as \`${operation.method} ${openApiPath(first)}\`.`];
  return [...other, ...(operation.description ? [operation.description] : []), `${role}.`].join(
    ' ',
  );
}

/** `/jobs/:id` as the document writes it. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
}

function requestParams(
  { params, query, headers, startsWork }: Operation,
  rename: (schema: z.ZodType) => z.ZodType,
): NonNullable<ZodOpenApiOperationObject['requestParams']> {
  const header = {
    ...headers?.shape,
    ...(startsWork === true && { 'Idempotency-Key': idempotencyKey }),
  };
  return {
    ...(params && { path: params }),
    ...(query && { query: rename(query) as z.ZodObject }),
    ...(Object.keys(header).length > 0 && { header: z.object(header) }),
  };
}

function requestBodyOf(
  { body, bodyOptional, bytes, examples = [] }: Operation,
  rename: (schema: z.ZodType) => z.ZodType,
): ZodOpenApiRequestBodyObject | undefined {
  if (body !== undefined) {
    const shown = examples.filter((example) => example.body !== undefined);
    return {
      required: bodyOptional !== true,
      content: {
        'application/json': {
          schema: rename(body),
          ...(shown.length > 0 && { examples: exampleObjects(shown) }),
        },
      },
    };
  }
  return (
    bytes && {
      required: bodyOptional !== true,
      content: Object.fromEntries(bytes.map(bytesContent)),
    }
  );
}

function exampleObjects(examples: NonNullable<Operation['examples']>) {
  return Object.fromEntries(
    examples.map(({ body, status }, index) => [
      `example${index + 1}`,
      { summary: `Answered with ${status}`, value: body },
    ]),
  );
}

function bytesContent(type: string) {
  const chunk = { type: 'string' as const, contentMediaType: 'application/octet-stream' };
  const schema = { type: 'object' as const, properties: { chunk }, required: ['chunk'] };
  return [type, type.startsWith('multipart/') ? { schema } : {}] as const;
}
