import { Validator } from '@seriousme/openapi-schema-validator';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as app from '../../src/daemon/http/app.js';
import type { Example, Operation } from '../../src/shared/contract/operation.js';
import { operations } from '../../src/shared/contract/operations/index.js';
import type { errorCodes } from '../../src/shared/errors.js';
import { document, unresolved, violation } from '../support/contract/validator.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { endlessTask } from '../support/tasks.js';

type AppModule = typeof app;

/** The app that the daemon serves, to see its routes. */
let served: Hono<any> | undefined;
vi.mock('../../src/daemon/http/app.js', async (actual) => {
  const { buildApp } = await actual<AppModule>();
  return { buildApp: (parts: Parameters<typeof buildApp>[0]) => (served = buildApp(parts)) };
});

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

const prefixes = ['/api/v1', '/api'];
const pages = ['GET /', 'GET /:file'];

function routes(): Set<string> {
  const all = served?.routes.filter(({ method }) => method !== 'ALL') ?? [];
  return new Set(all.map(({ method, path }) => `${method} ${path.replace(/\{.*\}$/, '')}`));
}

function described(): Set<string> {
  return new Set(
    operations.flatMap(({ method, paths, alsoAtRoot }) => [
      ...prefixes.flatMap((prefix) => paths.map((path) => `${method} ${prefix}${path}`)),
      ...(alsoAtRoot === true ? [`${method} ${paths[0]}`] : []),
    ]),
  );
}

describe('the document', () => {
  test('is served under both prefixes and without, the same bytes', async () => {
    const texts = ['/api/v1/openapi.json', '/api/openapi.json', '/openapi.json'].map(
      async (path) => {
        const response = await fetch(`${daemon.url}${path}`);
        expect([response.status, response.headers.get('content-type')]).toEqual([
          200,
          'application/json',
        ]);
        return response.text();
      },
    );
    const [first, ...others] = await Promise.all(texts);
    expect(JSON.parse(first ?? '')).toEqual(JSON.parse(JSON.stringify(document)));
    expect(new Set(others)).toEqual(new Set([first]));
  });

  test('is what an independent validator takes for OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  test('says OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(unresolved()).toEqual([]);
  });

  test('gives each operation an id of its own', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item as Record<string, { operationId: string }>).map(
        ({ operationId }) => operationId,
      ),
    );
    expect(ids.length).toBe(new Set(ids).size);
  });

  test('describes every route, and nothing that is not there', () => {
    expect([...routes()].filter((route) => !described().has(route)).toSorted()).toEqual(pages);
    expect([...described()].filter((route) => !routes().has(route))).toEqual([]);
  });

  test('names the role of each operation; open ones need no credential', () => {
    for (const { method, paths, access } of operations) {
      const path = paths[0].replace(/:(\w+)/g, '{$1}');
      const item = document.paths?.[path] as Record<string, any>;
      const operation = item[method.toLowerCase()];
      expect([path, operation['x-required-role']]).toEqual([path, access]);
      expect([path, operation.security]).toEqual([path, access === 'open' ? [] : undefined]);
    }
  });
});

describe('the examples', () => {
  test('every operation has one', () => {
    const without = operations.filter(
      ({ id, examples = [] }) => examples.length === 0 && id !== 'docs',
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  const all = operations.flatMap((operation) =>
    (operation.examples ?? []).flatMap((example, index) =>
      operation.paths.map((path) => ({ operation, path, example, index })),
    ),
  );
  test.each(all.map((each) => [`${each.operation.method} ${each.path} #${each.index + 1}`, each]))(
    '%s',
    async (_, { operation, path, example }) => {
      const response = await send(operation, path, example);
      const text = await response.text();
      expect([response.status, text.slice(0, 300)]).toEqual([example.status, text.slice(0, 300)]);
      const contentType = response.headers.get('content-type') ?? undefined;
      const { method } = operation;
      const exchange = { method, url: response.url, status: response.status, contentType };
      expect(violation({ ...exchange, body: text })).toBeUndefined();
    },
  );
});

function send({ method }: Operation, path: string, example: Example): Promise<Response> {
  const { params = {}, query = {}, headers = {}, body } = example;
  const target = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? 'nothere')),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  return daemon.fetch(search === '' ? target : `${target}?${search}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

test('an answer that is not described is found', () => {
  const exchange = { method: 'GET', status: 200, contentType: 'application/json' };
  const check = (url: string, status: number, body: unknown) =>
    violation({ ...exchange, url, status, body: JSON.stringify(body) });
  expect(check('/api/v1/jobs', 200, { jobs: [], nextCursor: null })).toBeUndefined();
  expect(check('/api/v1/jobs', 200, { jobs: [{}] })).toContain('must have required property');
  expect(check('/api/v1/jobs', 200, { jobs: [], nextCursor: null, more: 1 })).toContain(
    'additional properties',
  );
  expect(check('/api/v1/jobs', 418, {})).toContain('418 is not described');
  expect(check('/api/v1/nothere', 200, {})).toContain('endpoint that is not described');
  const error = { message: 'x', timestamp: new Date().toISOString(), requestId: 'x' };
  const coded = (code: (typeof errorCodes)[number]) => ({ error: { ...error, code } });
  expect(check('/api/v1/jobs/x', 404, coded('TRANSCODE_JOB_NOT_FOUND'))).toBeUndefined();
  expect(check('/api/v1/jobs/x', 404, coded('UPLOAD_NOT_FOUND'))).toContain('allowed values');
});
