import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import type { Scope } from '../../shared/scopes.js';
import { roles, type Role } from '../../shared/states.js';
import type { Clock } from '../clock.js';
import type { ApiKey } from '../store/api-keys.js';
import type { Store } from '../store/store.js';
import type { SignedIn } from './sign-ins.js';

const pattern = /^kd_([0-9a-z]{8})_[A-Za-z0-9_-]{43}$/;
/** One write a minute tells enough of when a key was used. */
const usedStepMs = 60_000;

export interface NewApiKey {
  readonly name: string;
  /** null: it stands for itself. */
  readonly userId: string | null;
  readonly role: Role;
  readonly scopes: readonly Scope[] | null;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
}

/** Whose requests with a key are, and what it is limited to. */
export interface KeyHolder extends SignedIn {
  readonly apiKey: { readonly id: string; readonly scopes: readonly Scope[] | null };
}

export interface ApiKeyParts {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
}

export type ApiKeys = ReturnType<typeof createApiKeys>;

/** Keys for programs, `kd_PREFIX_SECRET`: known by hash only. */
export function createApiKeys({ store, clock }: ApiKeyParts) {
  const find = (token: string): ApiKey | undefined => {
    const key = store.apiKeys.find(pattern.exec(token)?.[1] ?? '');
    if (key === undefined || !timingSafeEqual(key.hash, hashOf(token))) return undefined;
    return key.expiresAt === null || key.expiresAt > clock.now() ? key : undefined;
  };
  return {
    /** Newest first. */
    all: (): ApiKey[] => store.apiKeys.all(),

    /** `token` is shown this once. */
    create(given: NewApiKey): { key: ApiKey; token: string } {
      const id = newId().slice(0, 8);
      const token = `kd_${id}_${randomBytes(32).toString('base64url')}`;
      const key = { ...given, id, hash: hashOf(token), createdAt: clock.now() };
      store.apiKeys.insert(key);
      return { key: { ...key, lastUsedAt: null }, token };
    },

    /** Throws TOKEN_NOT_FOUND. */
    get(id: string): ApiKey {
      const key = store.apiKeys.find(id);
      if (key === undefined) throw new KdramaError('TOKEN_NOT_FOUND', id);
      return key;
    },

    remove: (id: string): boolean => store.apiKeys.remove(id),

    /** Whose it is; null when it is wrong, has expired, was revoked, or its user is gone. */
    read(token: string): KeyHolder | null {
      const key = find(token);
      const holder = key === undefined ? null : holderOf(key, store);
      if (key === undefined || holder === null) return null;
      const now = clock.now();
      if (now - (key.lastUsedAt ?? 0) >= usedStepMs) store.apiKeys.markUsed(key.id, now);
      return { ...holder, apiKey: { id: key.id, scopes: key.scopes } };
    },
  };
}

/** A user's key acts as the user, with at most the role that the user has now. */
function holderOf(key: ApiKey, { users }: Pick<Store, 'users'>): SignedIn | null {
  const { id, name, role, userId } = key;
  if (userId === null) return { id: `key-${id}`, username: name, role };
  const user = users.find(userId);
  if (user === undefined || user.deletedAt !== null) return null;
  const isLower = roles.indexOf(role) < roles.indexOf(user.role);
  return { id: userId, username: user.username, role: isLower ? role : user.role };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
