import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import {
  webhookTypes,
  type WebhookMessage,
  type WebhookType,
} from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';

type Json = z.infer<ReturnType<typeof z.json>>;

/** What is sent to the global target instead of the message of Standard Webhooks. */
export interface WebhookTemplate {
  readonly url: string | undefined;
  readonly method: string;
  /** Variables of the environment are filled in already. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly events: readonly WebhookType[];
  /** Statuses beside 2xx that mean that it arrived: 409 where a repetition is refused. */
  readonly alsoDelivered: readonly number[];
}

const templateFile = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).optional(),
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.json(),
  alsoDelivered: z.array(z.number().int().min(300).max(499)).default([]),
  /** Which events are told; absent: all. */
  events: z
    .array(z.enum(webhookTypes))
    .min(1)
    .default([...webhookTypes]),
});

/** These have no characters that a header cannot carry. */
const headerNames = ['id', 'type', 'timestamp', 'jobId', 'videoId', 'status'];
const names = [
  ...[...headerNames, 'title', 'progress', 'playable', 'createdAt', 'startTime', 'playableAt'],
  ...['completedAt', 'error', 'workflow', 'dagRunId'],
];
/** What the signature and the connection need stays ours. */
const ownHeaders =
  /^(host|content-length|connection|transfer-encoding|expect|upgrade|webhook-(id|timestamp|signature))$/i;

/**
 * The template of a file's text. `{{env:NAME}}` in a header is a variable of the environment.
 * Throws CONFIG_INVALID saying what is wrong with it; values of variables are never shown.
 */
export function parseTemplate(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): WebhookTemplate {
  const parsed = templateFile.safeParse(parseJson(text));
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const { url, method, headers, body, events, alsoDelivered } = parsed.data;
  const written = mapStrings(body, (string) => {
    demandKnown(string, names, 'body');
    return string;
  });
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    filled[name.toLowerCase()] = headerValue(name, value, env);
  }
  return { url, method, headers: filled, body: written, events, alsoDelivered };
}

/**
 * Headers and body for one message. A string that is one placeholder becomes its value, whatever
 * type that has; in a longer string the value is text. The body is written as JSON afterwards, so no
 * title can break it.
 */
export function fillTemplate(
  { headers, body }: Pick<WebhookTemplate, 'headers' | 'body'>,
  id: string,
  message: WebhookMessage,
): { headers: Readonly<Record<string, string>>; body: string } {
  const { type, timestamp, data } = message;
  const dagRunId = data.workflow?.dagRunId ?? null;
  const values = new Map<string, Json>(Object.entries({ ...data, id, type, timestamp, dagRunId }));
  const filled = Object.entries(headers).map(([name, value]) => [name, asText(value, values)]);
  return {
    headers: Object.fromEntries(filled) as Record<string, string>,
    body: JSON.stringify(mapStrings(body, (text) => asValue(text, values))),
  };
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

function asValue(text: string, values: ReadonlyMap<string, Json>): Json {
  const only = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(text)?.[1];
  return only === undefined ? asText(text, values) : (values.get(only) ?? null);
}

function asText(text: string, values: ReadonlyMap<string, Json>): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = values.get(name) ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function headerValue(
  name: string,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (ownHeaders.test(name)) throw invalid(`headers: ${name} cannot be set`);
  const value = text.replace(/\{\{\s*env:(\w+)\s*\}\}/g, (_, variable: string) => {
    const found = env[variable];
    if (found === undefined || found === '') throw invalid(`${variable} is not set`);
    return found;
  });
  demandKnown(text.replace(/\{\{\s*env:\w+\s*\}\}/g, ''), headerNames, `header ${name}`);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value.replace(placeholder, ''));
  } catch (error) {
    throw invalid(`headers: ${name} is no valid header`, error);
  }
  return value;
}

function demandKnown(text: string, known: readonly string[], where: string): void {
  for (const [, name = ''] of text.matchAll(placeholder)) {
    if (known.includes(name)) continue;
    throw invalid(`${where}: expected a placeholder among ${known.join(', ')}, got ${name}`);
  }
}

function mapStrings(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, change)]);
  return Object.fromEntries(entries) as Json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid('it is not JSON', error);
  }
}

function invalid(detail: string, cause?: unknown): KdramaError {
  return new KdramaError('CONFIG_INVALID', `notify.template: ${detail}`, {
    cause,
    hint: 'deploy/airflow/webhook-template.json is an example.',
  });
}
