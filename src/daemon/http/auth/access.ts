import type { Access, Operation } from '../../../shared/contract/operation.js';
import { operations } from '../../../shared/contract/operations/index.js';
import { scopesOf } from '../../../shared/contract/scopes-of.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Role } from '../../../shared/states.js';
import type { Viewer } from '../env.js';

/** What an endpoint asks of who comes. */
export type Rule = Pick<Operation, 'access' | 'concealed'> & {
  readonly scopes: ReturnType<typeof scopesOf>;
};

const open: Rule = { access: 'open', scopes: [] };
const unlisted: Rule = { access: 'admin', scopes: 'never' };

/**
 * Who may do what: as each operation is described, and the pages. Keys are routes without prefix,
 * with `:` for each parameter. What is not listed is for admins only; a test compares the table with
 * the routes that exist.
 */
const table: Readonly<Record<string, Rule>> = {
  'GET /': open,
  'GET /:': open, // the page and what it is made of

  ...Object.fromEntries(
    operations.flatMap((operation) => {
      const rule = ruleFor(operation);
      return operation.paths.map((path) => [routeKey(operation.method, path), rule]);
    }),
  ),
};

const ranks: Readonly<Record<Access, number>> = { open: 0, user: 1, uploader: 2, admin: 3 };

export function ruleFor(operation: Operation): Rule {
  const { access, concealed } = operation;
  return { access, ...(concealed && { concealed }), scopes: scopesOf(operation) };
}

/** What a route asks for. `routePath` is the pattern it was registered with, prefix included. */
export function ruleOf(method: string, routePath: string): Rule {
  return table[routeKey(method, routePath)] ?? unlisted;
}

export function accessOf(method: string, routePath: string): Access {
  return ruleOf(method, routePath).access;
}

/** Whether the table says something about a route. */
export function isListed(method: string, routePath: string): boolean {
  return Object.hasOwn(table, routeKey(method, routePath));
}

export function mayUse(role: Role, access: Access): boolean {
  return ranks[role] >= ranks[access];
}

/**
 * Why somebody may not use an endpoint; undefined when they may. AUTH_INVALID_TOKEN for nobody,
 * AUTH_INSUFFICIENT_PERMISSIONS, or the code of what is concealed from them.
 */
export function refusalOf(viewer: Viewer | null, rule: Rule): KdramaError | undefined {
  const { access, concealed } = rule;
  if (access === 'open') return undefined;
  if (viewer === null) return new KdramaError('AUTH_INVALID_TOKEN');
  const ofKey = viewer.apiKey === undefined ? undefined : keyRefusal(viewer.apiKey, rule);
  if (ofKey !== undefined) return insufficient(ofKey, keyHint);
  if (mayUse(viewer.role, access)) return undefined;
  if (concealed !== undefined) return new KdramaError(concealed);
  return insufficient(`expected ${access}, got ${viewer.role}`);
}

/** Words; undefined when a key with these scopes may. */
function keyRefusal(
  { scopes: given }: NonNullable<Viewer['apiKey']>,
  { scopes: wanted }: Rule,
): string | undefined {
  if (wanted === 'never') return 'expected somebody who signed in, got an API key';
  if (given === null || wanted.some((scope) => given.includes(scope))) return undefined;
  const expected =
    wanted.length === 0 ? 'made without scopes' : `with scope ${wanted.join(' or ')}`;
  return `expected an API key ${expected}, got one for ${given.join(', ')}`;
}

const keyHint =
  'Use another credential, or make a key that may: "kdrama token create NAME" (--scopes LIST; without it, all that its role may).';

function insufficient(detail: string, hint?: string): KdramaError {
  const extra = hint === undefined ? {} : { hint };
  return new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', detail, extra);
}

function routeKey(method: string, routePath: string): string {
  const bare = routePath.replace(/^\/api(\/v1)?(?=\/)/, '').replace(/:[^/]+/g, ':');
  return `${method} ${bare}`;
}
