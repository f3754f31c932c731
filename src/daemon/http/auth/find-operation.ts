import { posix } from 'node:path';
import type { Operation } from '../../../shared/contract/operation.js';
import { operations } from '../../../shared/contract/operations/index.js';

export interface FoundOperation {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly operation: Operation;
  readonly regex: RegExp;
  readonly paramCount: number;
}

/** Those with the fewest parameters first: `/upload/start` is no `/upload/:uploadId`. */
const patterns: readonly Pattern[] = operations
  .flatMap((operation) => operation.paths.map((path) => patternOf(operation, path)))
  .toSorted((a, b) => a.paramCount - b.paramCount);

/**
 * Pure: the endpoint that a URI asks for, with or without the API's prefix; undefined for none. With
 * no method it is the one that is read there, or the only one that there is.
 */
export function findOperation(uri: string, method?: string): FoundOperation | undefined {
  const path = pathOf(uri);
  const wanted = method?.toUpperCase() === 'HEAD' ? 'GET' : method?.toUpperCase();
  const matching = patterns.flatMap(({ operation, regex, paramCount }) => {
    const groups = regex.exec(path)?.groups;
    return groups === undefined ? [] : [{ operation, params: { ...groups }, paramCount }];
  });
  if (wanted !== undefined) return matching.find(({ operation }) => operation.method === wanted);
  const closest = matching.filter(({ paramCount }) => paramCount === matching[0]?.paramCount);
  return closest.find(({ operation }) => operation.method === 'GET') ?? closest[0];
}

function patternOf(operation: Operation, path: string): Pattern {
  const names = path.match(/:[^/]+/g) ?? [];
  // The empty group makes `groups` exist where a path has no parameter.
  const source = path.replace(/[.]/g, '\\.').replace(/:([^/]+)/g, '(?<$1>[^/]+)');
  return {
    operation,
    regex: new RegExp(`^(?:/api(?:/v1)?)?${source}(?<end>)$`),
    paramCount: names.length,
  };
}

/**
 * As a server behind the proxy may see it: without query, decoded once (slashes too), dots resolved and
 * repeated slashes merged after that (nginx does so), none at the end. Anything may have been sent.
 */
function pathOf(uri: string): string {
  const absolute = uri.startsWith('/') ? `http://host${uri}` : uri;
  try {
    const path = posix.normalize(decodeURIComponent(new URL(absolute).pathname));
    return path.replace(/(?<=.)\/$/, '');
  } catch {
    return '';
  }
}
