import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { roles, type Role } from '../../shared/states.js';
import type { Clock } from '../clock.js';
import { keyNamed } from '../keys.js';
import type { Store } from '../store/store.js';
import type { User } from '../store/users.js';

/** How long a sign-in is good. */
export const signInSeconds = 7 * 24 * 60 * 60;

/** The one algorithm: what a token says about it is compared, never believed. */
const algorithm = 'HS256';

/** What only this daemon calls its own admin, guests and keys: a token must not stand in their place. */
const ownIds = /^(local$|guest:|key-)/;

/** `gen`: the generation of the user's sign-ins; tokens that were signed elsewhere have none. */
const claims = z.object({
  userId: z
    .union([z.string(), z.number().int()])
    .transform(String)
    .pipe(z.string().regex(/^[\x21-\x7e]{1,128}$/)) // it goes into headers
    .refine((id) => !ownIds.test(id)),
  username: z.string().min(1).max(256),
  role: z.enum(roles),
  exp: z.number(),
  iat: z.number().optional(),
  jti: z.string().optional(),
  gen: z.number().int().optional(),
});
type Claims = z.output<typeof claims>;

/** Whom a token names. */
export interface SignedIn {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
}

export interface SignInParts {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  /** Of the configuration; absent: the daemon makes its own. */
  readonly secret: string | undefined;
}

export type SignIns = ReturnType<typeof createSignIns>;

/** JSON Web Tokens: made here, or elsewhere by who has the same secret. */
export function createSignIns({ store, clock, secret }: SignInParts) {
  const ownKey = () => createSecretKey(keyNamed(store.secrets, 'jwt'));
  let key = secret === undefined ? ownKey() : createSecretKey(secret, 'utf8');
  const verified = async (token: string): Promise<Claims | undefined> => {
    try {
      const options = { algorithms: [algorithm], requiredClaims: ['exp'] };
      const currentDate = new Date(clock.now());
      const { payload } = await jwtVerify(token, key, { ...options, currentDate });
      return claims.safeParse(payload).data;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
  return {
    async issue(user: User): Promise<{ token: string; expiresAt: string }> {
      const issuedAt = Math.floor(clock.now() / 1000);
      const { id: userId, username, role, generation: gen } = user;
      const expiry = issuedAt + signInSeconds;
      const token = await new SignJWT({ userId, username, role, gen })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiry)
        .setJti(newId())
        .sign(key);
      return { token, expiresAt: new Date(expiry * 1000).toISOString() };
    },

    /** Whom it names; null when it is wrong, has expired or was revoked. */
    async read(token: string): Promise<SignedIn | null> {
      const found = await verified(token);
      if (found === undefined || store.revokedSignIns.has(idOf(found, token))) return null;
      return signedIn(found, store.users.find(found.userId));
    },

    /** Whatever is not a valid token needs no revoking. */
    async revoke(token: string): Promise<void> {
      const found = await verified(token);
      store.revokedSignIns.sweep(clock.now());
      if (found === undefined) return;
      const expiresAt = Math.min(Math.ceil(found.exp * 1000), Number.MAX_SAFE_INTEGER);
      store.revokedSignIns.add(idOf(found, token), expiresAt);
    },

    /** A new key: everybody is signed out. Throws SECRET_CONFIGURED for one that is configured. */
    rotate(): void {
      if (secret !== undefined) throw new KdramaError('SECRET_CONFIGURED');
      store.secrets.put('jwt', randomBytes(32));
      key = ownKey();
    },
  };
}

/**
 * Pure: whom claims name, given our user of that id. Somebody whom only the other signer knows is
 * taken at its word; our own users never get more than they have now, nor more than the token says.
 */
export function signedIn(given: Claims, user: User | undefined): SignedIn | null {
  const { userId: id, username, role } = given;
  if (user === undefined) return { id, username, role };
  if (user.deletedAt !== null || !isOfToday(given, user)) return null;
  return { id, username: user.username, role: lowerRole(role, user.role) };
}

/** Of the user's present generation of sign-ins. */
function isOfToday({ gen, iat }: Claims, user: User): boolean {
  if (gen !== undefined) return gen === user.generation;
  return iat !== undefined && iat >= Math.floor(user.signedOutAt / 1000);
}

function lowerRole(one: Role, other: Role): Role {
  return roles.indexOf(one) < roles.indexOf(other) ? one : other;
}

/** Without a jti: of what was signed, since a signature can be written in more than one way. */
function idOf({ jti }: Claims, token: string): string {
  const signed = token.slice(0, token.lastIndexOf('.'));
  return jti === undefined ? createHash('sha256').update(signed).digest('base64url') : `jti:${jti}`;
}
