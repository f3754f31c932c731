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
  // `/transcode/status/{id}` goes before `/transcode/{id}/…` would.
  .toSorted((a, b) => count(a.path, '{') - count(b.path, '{'));

/** Why an exchange is not as the OpenAPI document says; undefined when it is. */
export function violation(exchange: Exchange): string | undefined {
  const reason = reasonOf(exchange);
  if (reason === undefined) return undefined;
  const { method, url, status, body = '' } = exchange;
  return `${method} ${url} → ${status}: ${reason}\n    ${body.slice(0, 600)}`;
}

function reasonOf({ method, url, status, contentType, body }: Exchange): string | undefined {
  if (method === 'OPTIONS' || status < 200) return undefined;
  const pathname = url.replace(/[?#].*$/, '').replace(/^https?:\/\/[^/]+/, '');
  const path = pathname.replace(/^\/api(\/v1)?(?=\/)/, '');
  const found = templates.find(({ pattern }) => pattern.test(path));
  const item = found && (document.paths?.[found.path] as Record<string, any>);
  const verb = (method === 'HEAD' ? 'GET' : method).toLowerCase();
  const operation = item?.[verb];
  const isApi = path !== pathname || operation?.servers !== undefined;
  // Pages, and paths that the API does not have.
  if (!isApi || operation === undefined)
    return isApi || status >= 400 ? refusal(status, body, contentType, method) : undefined;
  const response = operation.responses[status];
  if (response === undefined) return `status ${status} is not described`;
  if (method === 'HEAD' || status === 304 || status === 204) return undefined;
  const type = Object.keys(response.content ?? {}).find((each) => sameType(each, contentType));
  if (response.content === undefined) return body ? 'a body is not described' : undefined;
  if (type === undefined) return `content type ${contentType} is not described`;
  if (response.content[type].schema === undefined || body === undefined) return undefined;
  const at = ['paths', found?.path ?? '', verb, 'responses', status, 'content', type, 'schema'];
  return mismatch(`openapi#/${at.map(pointer).join('/')}`, body);
}

/** Where there is no such operation the answer is an error in the one shape. */
function refusal(
  status: number,
  body: string | undefined,
  contentType: string | undefined,
  method: string,
): string | undefined {
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
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, '[^/]+')}/?$`.replace('/?$', '$'));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function pointer(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
}
