import type { Scope } from '../../shared/scopes.js';
import type { Role } from '../../shared/states.js';
import type { Connection } from './open.js';

/** Times in milliseconds since 1970. */
export interface ApiKey {
  /** The part of it that everybody may see. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the whole key. */
  readonly hash: Buffer;
  /** Whose it is; null when it stands for itself. */
  readonly userId: string | null;
  readonly role: Role;
  /** null: all that the role may. */
  readonly scopes: readonly Scope[] | null;
  readonly createdAt: number;
  /** null: never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

type Row = Omit<ApiKey, 'scopes'> & { readonly scopes: string | null };

const columns = `id, name, hash, user_id AS userId, role, scopes, created_at AS createdAt,
  expires_at AS expiresAt, last_used_at AS lastUsedAt`;

export type ApiKeyStore = ReturnType<typeof apiKeyStore>;

export function apiKeyStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO api_keys (id, name, hash, user_id, role, scopes, created_at, expires_at)
     VALUES (@id, @name, @hash, @userId, @role, @scopes, @createdAt, @expiresAt)`,
  );
  const byId = connection.prepare<[string], Row>(`SELECT ${columns} FROM api_keys WHERE id = ?`);
  const all = connection.prepare<[], Row>(
    `SELECT ${columns} FROM api_keys ORDER BY created_at DESC, id`,
  );
  const use = connection.prepare(`UPDATE api_keys SET last_used_at = ? WHERE id = ?`);
  const remove = connection.prepare(`DELETE FROM api_keys WHERE id = ?`);
  const removeOfUser = connection.prepare(`DELETE FROM api_keys WHERE user_id = ?`);
  return {
    insert(key: Omit<ApiKey, 'lastUsedAt'>): void {
      insert.run({ ...key, scopes: key.scopes && JSON.stringify(key.scopes) });
    },
    find(id: string): ApiKey | undefined {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    /** Newest first. */
    all: (): ApiKey[] => all.all().map(fromRow),
    markUsed: (id: string, at: number): void => void use.run(at, id),
    remove: (id: string): boolean => remove.run(id).changes === 1,
    removeOfUser: (userId: string): void => void removeOfUser.run(userId),
  };
}

function fromRow(row: Row): ApiKey {
  return { ...row, scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as Scope[]) };
}
