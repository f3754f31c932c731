import fc from 'fast-check';
import { anyJson, anyText, roughly } from './arbitraries.js';
import { document } from './validator.js';

/** A request as it is put on the wire. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Record<string, unknown>;
}

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];

interface Described {
  readonly verb: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly content: Readonly<Record<string, { readonly schema?: Record<string, unknown> }>>;
}

const operations: readonly Described[] = Object.entries(document.paths ?? {}).flatMap(
  ([path, item]) =>
    Object.entries(item as Record<string, any>).map(([verb, operation]) => ({
      verb: verb.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      content: operation.requestBody?.content ?? {},
    })),
);

/** How many operations the document has, other names counted. */
export const operationCount = operations.length;

/**
 * Requests made from the document: mostly as it says, with something wrong here and there. `known`
 * are ids that exist, `credentials` values of Authorization.
 */
export function fuzzRequests(
  known: readonly string[],
  credentials: readonly (string | undefined)[],
): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom(...operations).chain((operation) => {
    const parts = {
      verb: fc.oneof(
        { weight: 12, arbitrary: fc.constant(operation.verb) },
        { weight: 1, arbitrary: fc.constantFrom(...verbs) },
      ),
      prefix: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom('/api/v1', '/api') },
        { weight: 1, arbitrary: fc.constantFrom('/api/v2', '') },
      ),
      path: pathOf(operation, known),
      query: queryOf(operation, known),
      headers: headersOf(operation, known),
      body: bodyOf(operation, known),
      credential: fc.constantFrom(...credentials),
    };
    return fc.record(parts).map(({ verb, prefix, path, query, headers, body, credential }) => ({
      method: verb,
      path: `${prefix}${path}${query}`,
      headers: {
        ...headers,
        ...body.headers,
        ...(credential !== undefined && { authorization: credential }),
      },
      body: body.bytes,
    }));
  });
}

function pathOf({ path }: Described, known: readonly string[]): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole);
  const value = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: anyText.map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom('%2e%2e%2f', '%00', '%ff', '%c0%af', '%', '%zz', '0') },
  );
  return fc
    .array(value, { minLength: names.length, maxLength: names.length })
    .map((values) => names.reduce((made, name, at) => made.replace(name, values[at] ?? ''), path));
}

function queryOf({ parameters }: Described, known: readonly string[]): fc.Arbitrary<string> {
  const own = parameters.filter((parameter) => parameter.in === 'query');
  const pairs = own.map(({ name, schema }) =>
    fc.option(roughly(schema, known).map((value) => `${name}=${encoded(plain(value))}`)),
  );
  const extra = fc.option(
    fc.tuple(anyText, anyText).map((pair) => pair.map(encoded).join('=')),
    {
      freq: 4,
    },
  );
  return fc.tuple(fc.tuple(...pairs), extra).map(([given, more]) => {
    const all = [...given, more].filter((pair) => pair !== null);
    return all.length === 0 ? '' : `?${all.join('&')}`;
  });
}

function headersOf({ parameters }: Described, known: readonly string[]) {
  const own = parameters.filter((parameter) => parameter.in === 'header');
  const given = own.map(({ name, schema, required }) =>
    fc
      .option(name.toLowerCase() === 'prefer' ? preferences : roughly(schema, known), {
        freq: required === true ? 10 : 2,
        nil: undefined,
      })
      .map((value) => [name, value] as const),
  );
  return fc
    .tuple(...given)
    .map((pairs) =>
      Object.fromEntries(
        pairs.flatMap(([name, value]) =>
          value === undefined ? [] : [[name, headerText(plain(value))] as const],
        ),
      ),
    );
}

/** Nobody waits for an answer that was asked to be held for a minute. */
const preferences = fc.constantFrom('wait=1', 'wait=0', 'respond-async', 'wait=', 'wait=x', ';;,');

interface FuzzBody {
  readonly bytes: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function bodyOf({ content }: Described, known: readonly string[]): fc.Arbitrary<FuzzBody> {
  const types = Object.keys(content);
  const json = content['application/json']?.schema;
  const none = fc.constant<FuzzBody>({ bytes: undefined, headers: {} });
  const strange = fc
    .tuple(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        anyJson.map((value) => JSON.stringify(value)),
      ),
      fc.constantFrom(
        'application/json',
        'text/plain',
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        'application/octet-stream',
        '',
      ),
      fc.constantFrom({}, {}, {}, { 'content-encoding': 'gzip' }, { expect: '100-continue' }),
    )
    .map(([bytes, type, more]) => asBody(Buffer.from(bytes as string), type, more));
  if (types.length === 0) return fc.oneof({ weight: 6, arbitrary: none }, strange);
  const meant =
    json === undefined
      ? fc
          .tuple(fc.uint8Array({ maxLength: 3000 }), fc.constantFrom(...types))
          .map(([bytes, type]) => asBody(Buffer.from(bytes), type))
      : roughly(json, known).map((value) =>
          asBody(Buffer.from(JSON.stringify(value) ?? ''), 'application/json'),
        );
  return fc.oneof({ weight: 8, arbitrary: meant }, strange, none);
}

function asBody(bytes: Buffer, type: string, more: Record<string, string> = {}): FuzzBody {
  return { bytes, headers: { ...more, ...(type !== '' && { 'content-type': type }) } };
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** What Node lets through in a header's value. */
function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 4000);
}
