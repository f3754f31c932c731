import { Hono, type Context } from 'hono';
import { changePassword, login, logout } from '../../../shared/contract/operations/auth.js';
import type { SignedInView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Accounts } from '../../accounts/accounts.js';
import type { User } from '../../store/users.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import type { PasswordAttempts } from '../limits/password-attempts.js';
import { bearerOf } from './credentials.js';
import { signOut } from './session-cookie.js';
import type { SessionRouteParts } from './session-routes.js';
import type { Sessions } from './session.js';

export interface SignInParts {
  readonly accounts: Accounts;
  readonly attempts: PasswordAttempts;
  readonly sessions: Sessions;
}

/** Signing programs in and out by JSON; browsers get a cookie instead (session-routes.ts). */
export function signInRoutes(parts: SignInParts): Hono<AppEnv> {
  const { accounts, sessions } = parts;
  const app = new Hono<AppEnv>();
  endpoint(app, login, async (c, { body }) => signedIn(c, parts, await userOf(c, parts, body)));
  endpoint(app, logout, async (c) => {
    const token = bearerOf(c.req.header('authorization'));
    if (token === undefined) signOut(c, sessions);
    else await accounts.signIns.revoke(token);
    return c.body(null, 204);
  });
  endpoint(app, changePassword, async (c, { body }) => {
    const username = accounts.users.find(c.get('viewer')?.id ?? '')?.username;
    if (username === undefined) throw withoutPassword();
    const user = await userOf(c, parts, { username, password: body.currentPassword });
    return signedIn(c, parts, await accounts.users.change(user.id, { password: body.newPassword }));
  });
  return app;
}

/** Throws AUTH_INVALID_CREDENTIALS, RATE_LIMIT_EXCEEDED. */
export function userOf(
  c: Context<AppEnv>,
  { accounts, attempts }: Pick<SignInParts, 'accounts' | 'attempts'>,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<User> {
  return attempts.attempt({ username, address: c.get('client').address }, () =>
    accounts.users.withPassword(username, password),
  );
}

/** The same for browsers: whose device they become. */
export function passwordCheck(
  parts: Pick<SignInParts, 'accounts' | 'attempts'>,
): SessionRouteParts['checkPassword'] {
  return async (c, given) => {
    const { id, role } = await userOf(c, parts, given);
    return { role, userId: id };
  };
}

async function signedIn(c: Context<AppEnv>, { accounts }: SignInParts, user: User) {
  const { id, username, role } = user;
  c.header('Cache-Control', 'no-store');
  return c.json({
    user: { id, username, role },
    ...(await accounts.signIns.issue(user)),
  } satisfies SignedInView);
}

function withoutPassword(): KdramaError {
  return new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', 'you have no password here');
}
