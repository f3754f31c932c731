import { Hono, type Context } from 'hono';
import type { ApiKeyList, ApiKeyView, NewApiKeyView } from '../../../shared/contract/index.js';
import type { Input } from '../../../shared/contract/operation.js';
import {
  createToken,
  listTokens,
  removeToken,
  rotateSecret,
} from '../../../shared/contract/operations/tokens.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Role } from '../../../shared/states.js';
import type { Accounts } from '../../accounts/accounts.js';
import type { NewApiKey } from '../../accounts/api-keys.js';
import type { Clock } from '../../clock.js';
import type { ApiKey } from '../../store/api-keys.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv, Viewer } from '../env.js';
import { mayUse } from './access.js';

type Wanted = Input<typeof createToken>['body'];
const dayMs = 24 * 60 * 60 * 1000;

/** API keys: everybody makes and revokes own ones, admins all. */
export function apiKeyRoutes(accounts: Accounts, clock: Pick<Clock, 'now'>): Hono<AppEnv> {
  const { apiKeys, signIns } = accounts;
  const app = new Hono<AppEnv>();
  endpoint(app, listTokens, (c) => {
    c.header('Cache-Control', 'no-store');
    const own = apiKeys.all().filter((key) => isOwn(c, key));
    return c.json({ tokens: own.map(view) } satisfies ApiKeyList);
  });
  endpoint(app, createToken, (c, { body }) => {
    const { key, token } = apiKeys.create(newKey(c, body, accounts, clock));
    c.header('Cache-Control', 'no-store');
    return c.json({ ...view(key), token } satisfies NewApiKeyView, 201);
  });
  endpoint(app, rotateSecret, (c) => {
    signIns.rotate();
    return c.body(null, 204);
  });
  endpoint(app, removeToken, (c, { params }) => {
    const key = apiKeys.get(params.id);
    if (!isOwn(c, key)) throw new KdramaError('TOKEN_NOT_FOUND', params.id);
    apiKeys.remove(key.id);
    return c.body(null, 204);
  });
  return app;
}

function isOwn(c: Context<AppEnv>, { userId }: Pick<ApiKey, 'userId'>): boolean {
  const viewer = c.get('viewer');
  return viewer?.role === 'admin' || (viewer !== null && userId === viewer.id);
}

function newKey(
  c: Context<AppEnv>,
  wanted: Wanted,
  accounts: Accounts,
  clock: Pick<Clock, 'now'>,
): NewApiKey {
  const { userId, mayHave } = holderOf(c.get('viewer'), wanted.username, accounts);
  const { role = mayHave === 'admin' ? 'uploader' : mayHave, expiresInDays } = wanted;
  if (!mayUse(mayHave, role)) throw insufficient(`expected at most role ${mayHave}, got ${role}`);
  return {
    name: wanted.name,
    userId,
    role,
    scopes: wanted.scopes ?? null,
    expiresAt: expiresInDays === undefined ? null : clock.now() + expiresInDays * dayMs,
  };
}

/** Whose a new key is. Nobody's keys outlive their sign-in, so only those have any who are known. */
function holderOf(
  viewer: Viewer | null,
  username: string | undefined,
  { users }: Accounts,
): { readonly userId: string | null; readonly mayHave: Role } {
  if (viewer === null) throw new KdramaError('AUTH_INVALID_TOKEN');
  const self = users.find(viewer.id);
  if (username !== undefined && username !== self?.username) {
    if (viewer.role !== 'admin') throw insufficient('only an admin makes keys for others');
    const other = users.named(username);
    return { userId: other.id, mayHave: other.role };
  }
  if (self !== undefined) return { userId: self.id, mayHave: viewer.role };
  if (viewer.role === 'admin') return { userId: null, mayHave: 'admin' };
  throw insufficient('expected a user of this daemon');
}

function insufficient(detail: string): KdramaError {
  return new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', detail);
}

function view(key: ApiKey): ApiKeyView {
  const { id, name, userId, role, scopes } = key;
  return {
    id,
    name,
    userId,
    role,
    scopes: scopes && [...scopes],
    createdAt: new Date(key.createdAt).toISOString(),
    expiresAt: optionalTime(key.expiresAt),
    lastUsedAt: optionalTime(key.lastUsedAt),
  };
}

function optionalTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
