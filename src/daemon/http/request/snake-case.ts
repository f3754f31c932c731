import { submitJobRequest, workflow } from '../../../shared/contract/index.js';

/** Whether a path is of the singular `/job…` family, which speaks snake_case. */
export function isOfSnakeFamily(path: string): boolean {
  return /^\/api(\/v1)?\/job(\/|$)/.test(path);
}

/** Keys of an answer in snake_case, at every depth. */
export function toSnakeCase(value: unknown): unknown {
  return mapKeys(value, snakeCase);
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const fields = new Set([submitJobRequest, workflow].flatMap(({ shape }) => Object.keys(shape)));

/** A sentence of ours with the names of fields as that family writes them. */
export function inSnakeCase(sentence: string): string {
  return sentence.replace(/\b[a-z]+[A-Z]\w*\b/g, (word) =>
    fields.has(word) ? snakeCase(word) : word,
  );
}

/** How names of fields are read from a client, and said to it. */
export interface Spelling {
  readonly read: (body: unknown) => unknown;
  readonly say: (field: string) => string;
}

export const snakeSpelling: Spelling = { read: toCamelCase, say: snakeCase };

/** Keys of a request in camelCase; camelCase ones stay as they are. */
export function toCamelCase(value: unknown): unknown {
  return mapKeys(value, (key) =>
    key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function mapKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), mapKeys(inner, rename)]),
  );
}
