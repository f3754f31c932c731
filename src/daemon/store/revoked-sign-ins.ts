import type { Connection } from './open.js';

export type RevokedSignInStore = ReturnType<typeof revokedSignInStore>;

/** Tokens that were signed out before their time. */
export function revokedSignInStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO revoked_sign_ins (id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING`,
  );
  const has = connection
    .prepare<[string], number>(`SELECT 1 FROM revoked_sign_ins WHERE id = ?`)
    .pluck();
  const sweep = connection.prepare(`DELETE FROM revoked_sign_ins WHERE expires_at <= ?`);
  return {
    /** `expiresAt`: when the token itself is not good any more. */
    add: (id: string, expiresAt: number): void => void insert.run(id, expiresAt),
    has: (id: string): boolean => has.get(id) !== undefined,
    /** Forgets those whose token has expired. */
    sweep: (now: number): void => void sweep.run(now),
  };
}
