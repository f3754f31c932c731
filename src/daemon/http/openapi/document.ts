import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorBody } from '../../../shared/contract/errors.js';
import { tags, type Operation } from '../../../shared/contract/operation.js';
import { version } from '../../../shared/version.js';
import { openApiPath, operationObject } from './operation-object.js';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const description = `A private streaming service for TV episodes on a computer at home.

\`/api/v1/…\` and \`/api/…\` are the same; URLs in answers carry the prefix that was used. \`HEAD\` goes wherever \`GET\` goes, \`OPTIONS\` says what a path allows, any other method gets 405 \`METHOD_NOT_ALLOWED\`, any other path 404 \`NOT_FOUND\`. Every error has the one body \`Error\`; its \`hint\` says the next step. Times are ISO 8601 in UTC, durations seconds, sizes bytes.

The \`/job…\` family is \`/jobs…\` in snake_case.`;

/** The OpenAPI 3.1 document of these operations. */
export function openApiDocument(operations: readonly Operation[]): OpenApiDocument {
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'kdrama', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [
        { url: '/api/v1', description: 'This daemon' },
        { url: '/api', description: 'The same' },
      ],
      tags: tags
        .filter((tag) => operations.some((operation) => operation.tag === tag))
        .map((name) => ({ name })),
      security: [{ bearer: [] }, { cookie: [] }],
      paths: pathsOf(operations),
      components: {
        schemas: { Error: errorBody },
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token of `kdrama token show`, an API key or the token of a sign-in',
          },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'kdrama_HOME',
            description:
              'Of a browser that is signed in; its name ends with eight digits of its home',
          },
        },
      },
    },
    { override: plainTimes },
  );
}

/** `date-time` says it; the pattern that checks leap years says nothing more to a reader. */
function plainTimes({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ReturnType<typeof operationObject>>> = {};
  for (const operation of operations) {
    for (const path of operation.paths) {
      const item = (paths[openApiPath(path)] ??= {});
      item[operation.method.toLowerCase()] = operationObject(operation, path);
    }
  }
  return paths;
}
