import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../../src/daemon/http/openapi/document.js';
import { operations } from '../../../src/shared/contract/operations/index.js';

/** What went over the wire. */
export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly status: number;
  readonly contentType: string | undefined;
  /** Undefined when it was too large to be kept. */
  readonly body: string | undefined;
}

export const document = openApiDocument(operations);

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'openapi', ...document });

const templates = Object.keys(document.paths ?? {})
  .map((path) => ({ path, pattern: patternOf(path) }))
  // Of two that fit, the one that says more of the path in plain words is meant.
  .toSorted((a, b) => count(a.path, '{') - count(b.path, '{'));

/** Why an exchange is not as the OpenAPI document says; undefined when it is. */
export function violation(exchange: Exchange): string | undefined {
  const reason = reasonOf(exchange);
  if (reason === undefined) return undefined;
  const { method, url, status, body = '' } = exchange;
  return `${method} ${url} → ${status}: ${reason}\n    ${body.slice(0, 600)}`;
}

function reasonOf(exchange: Exchange): string | undefined {
  const { method, status, contentType, body } = exchange;
  if (method === 'OPTIONS' || status < 200) return undefined;
  const { isApi, path, verb, operation } = lookUp(exchange);
  if (operation === undefined) return isApi ? refusal(exchange) : undefined;
  const response = operation.responses[status];
  if (response === undefined) return `status ${status} is not described`;
  if (method === 'HEAD' || status === 304 || status === 204) return undefined;
  if (response.content === undefined) return body ? 'a body is not described' : undefined;
  const type = Object.keys(response.content).find((each) => sameType(each, contentType));
  if (type === undefined) return `content type ${contentType} is not described`;
  if (response.content[type].schema === undefined || body === undefined) return undefined;
  const at = ['paths', path, verb, 'responses', status, 'content', type, 'schema'];
  return mismatch(`openapi#/${at.map(pointer).join('/')}`, body);
}

/** The operation that was asked for; without the API's prefix only those that are served so too. */
function lookUp({ method, url }: Exchange) {
  const pathname = pathnameOf(url);
  const bare = pathname.replace(/^\/api(\/v1)?(?=\/)/, '');
  const path = templates.find(({ pattern }) => pattern.test(bare))?.path ?? '';
  const verb = (method === 'HEAD' ? 'GET' : method).toLowerCase();
  const operation = (document.paths?.[path] as Record<string, any> | undefined)?.[verb];
  const isApi = bare !== pathname || operation?.servers !== undefined;
  return { isApi, path, verb, operation: isApi ? operation : undefined };
}

/** Where there is no such operation the answer is an error in the one shape. */
function refusal({ method, status, contentType, body }: Exchange): string | undefined {
  if (status < 400) return `${status} of an endpoint that is not described`;
  if (method === 'HEAD' || body === undefined) return undefined;
  if (!sameType('application/json', contentType)) return `content type ${contentType}`;
  return mismatch('openapi#/components/schemas/Error', body);
}

function mismatch(schema: string, body: string): string | undefined {
  const validate = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'expected JSON';
  }
  if (validate(value)) return undefined;
  return ajv.errorsText(validate.errors, { separator: '; ' });
}

function sameType(a: string, b: string | undefined): boolean {
  const bare = (type: string) => type.split(';')[0]?.trim().toLowerCase();
  return bare(a) === bare(b ?? '');
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

/** As the server reads it: without `.` and `..`, which may be written with percent signs. */
function pathnameOf(url: string): string {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base).pathname : url;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function pointer(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** References in the document that lead nowhere. */
export function unresolved(): string[] {
  const references = JSON.stringify(document).matchAll(/"\$ref":"#([^"]*)"/g);
  return [...new Set([...references].map(([, path = '']) => path))].filter(
    (path) => ajv.getSchema(`openapi#${path}`) === undefined,
  );
}
