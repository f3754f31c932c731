import type { z } from 'zod';
import type { ErrorCode } from '../errors.js';
import type { Scope } from '../scopes.js';
import type { Role } from '../states.js';

/** `open` needs no credential. */
export type Access = Role | 'open';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const tags = [
  'upload',
  'tus',
  'jobs',
  'transcode',
  'events',
  'webhooks',
  'stream',
  'videos',
  'watches',
  'auth',
  'users',
  'tokens',
  'devices',
  'operations',
] as const;
export type Tag = (typeof tags)[number];

/** What one status code answers. Without `schema` there is no body, or bytes of `contentType`. */
export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** `application/json` when there is a schema. */
  readonly contentType?: string | readonly string[];
  /** Name → what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request and the status that it gets; docs show it, a test sends it. */
export interface Example {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
}

/** One endpoint: validation, access, OpenAPI document and docs are made from this and nothing else. */
export interface Operation {
  /** operationId of the OpenAPI document. */
  readonly id: string;
  readonly method: Method;
  /** After the API's prefix, `:name` for each parameter. The first is to be used, others are its other names. */
  readonly paths: readonly [string, ...string[]];
  /** Its first path also answers without the API's prefix. */
  readonly alsoAtRoot?: boolean;
  readonly tag: Tag;
  readonly access: Access;
  /** What this answers to those whose role is not enough, as if the thing did not exist. */
  readonly concealed?: ErrorCode;
  /** Who is no admin may do this to his own only; to what is others' 403 for who may see it. */
  readonly ownOnly?: boolean;
  /** Any one of them lets a limited API key in; absent: those of the tag (see scopes-of.ts). */
  readonly scopes?: readonly Scope[];
  /** Not for API keys, whatever their role. */
  readonly noKeys?: boolean;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Names in lower case. */
  readonly headers?: z.ZodObject;
  /** Of a JSON body; other bodies name their content type in `bytes`. */
  readonly body?: z.ZodType;
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  /** Content types of a body that is not JSON. */
  readonly bytes?: readonly string[];
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beside those that every operation may answer. */
  readonly errors?: readonly ErrorCode[];
  /** Starts something, so it takes an `Idempotency-Key`. */
  readonly startsWork?: boolean;
  readonly examples?: readonly Example[];
}

/** Keeps the types of the schemas, so that handlers and clients get theirs from the description. */
export function operation<const Described extends Operation>(described: Described): Described {
  return described;
}

type Parsed<Schema, Otherwise> = Schema extends z.ZodType ? z.output<Schema> : Otherwise;

/** What a handler gets, validated. */
export interface Input<Described extends Operation> {
  readonly params: Parsed<Described['params'], Readonly<Record<string, string>>>;
  readonly query: Parsed<Described['query'], Readonly<Record<string, string>>>;
  readonly headers: Parsed<Described['headers'], Readonly<Record<string, string>>>;
  readonly body: Parsed<Described['body'], undefined>;
}

/** The JSON of one status of an operation, as it goes over the wire. */
export type AnswerOf<
  Described extends Operation,
  Status extends keyof Described['answers'],
> = Described['answers'][Status] extends { readonly schema: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;
