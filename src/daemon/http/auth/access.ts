import type { Access } from '../../../shared/contract/operation.js';
import { operations } from '../../../shared/contract/operations/index.js';
import type { Role } from '../../../shared/states.js';

/**
 * Who may do what: as each operation is described, and the pages. Keys are routes without prefix,
 * with `:` for each parameter. What is not listed is for admins only; a test compares the table with
 * the routes that exist.
 */
const table: Readonly<Record<string, Access>> = {
  'GET /health': 'open',
  'GET /': 'open',
  'GET /:': 'open', // the page and what it is made of

  'POST /auth/codes': 'admin',
  'POST /auth/session': 'open',
  'GET /auth/session': 'user',
  'DELETE /auth/session': 'open',

  ...Object.fromEntries(
    operations.flatMap(({ method, paths, access }) =>
      paths.map((path) => [routeKey(method, path), access]),
    ),
  ),
};

const ranks: Readonly<Record<Access, number>> = { open: 0, user: 1, uploader: 2, admin: 3 };

/** What a route asks for. `routePath` is the pattern it was registered with, prefix included. */
export function accessOf(method: string, routePath: string): Access {
  return table[routeKey(method, routePath)] ?? 'admin';
}

/** Whether the table says something about a route. */
export function isListed(method: string, routePath: string): boolean {
  return Object.hasOwn(table, routeKey(method, routePath));
}

export function mayUse(role: Role, access: Access): boolean {
  return ranks[role] >= ranks[access];
}

function routeKey(method: string, routePath: string): string {
  const bare = routePath.replace(/^\/api(\/v1)?(?=\/)/, '').replace(/:[^/]+/g, ':');
  return `${method} ${bare.replace(/^\/job(?=\/|$)/, '/jobs')}`;
}
