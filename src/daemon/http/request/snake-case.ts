/** Keys of an answer in snake_case, at every depth: the singular `/job…` family speaks it. */
export function toSnakeCase(value: unknown): unknown {
  return mapKeys(value, snakeCase);
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
