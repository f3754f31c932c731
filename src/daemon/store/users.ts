import type { Role } from '../../shared/states.js';
import type { Connection } from './open.js';

/** Somebody with a password. Times in milliseconds since 1970. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  /** Of sign-ins: tokens of an older generation are not good any more. */
  readonly generation: number;
  /** When this generation began. */
  readonly signedOutAt: number;
  readonly createdAt: number;
  /** Not null: only remembered, so that its id is not taken for a stranger's. */
  readonly deletedAt: number | null;
}

/** Also with the hash of the password, for the one place that compares it. */
export interface UserWithPassword extends User {
  readonly password: string;
}

export type UserStore = ReturnType<typeof userStore>;

const columns = `id, username, role, generation, signed_out_at AS signedOutAt,
  created_at AS createdAt, deleted_at AS deletedAt`;

export function userStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO users (id, username, name_key, password, role, signed_out_at, created_at)
     VALUES (@id, @username, @nameKey, @password, @role, @createdAt, @createdAt)
     ON CONFLICT DO NOTHING`,
  );
  const byId = connection.prepare<[string], User>(`SELECT ${columns} FROM users WHERE id = ?`);
  const byName = connection.prepare<[string], UserWithPassword>(
    `SELECT ${columns}, password FROM users WHERE name_key = ? AND deleted_at IS NULL`,
  );
  const all = connection.prepare<[], User>(
    `SELECT ${columns} FROM users WHERE deleted_at IS NULL ORDER BY name_key`,
  );
  const setRole = connection.prepare(
    `UPDATE users SET role = ? WHERE id = ? AND deleted_at IS NULL`,
  );
  const setPassword = connection.prepare(
    `UPDATE users SET password = @password, generation = generation + 1, signed_out_at = @now
     WHERE id = @id AND deleted_at IS NULL`,
  );
  const remove = connection.prepare(
    `UPDATE users SET deleted_at = @now, password = '', generation = generation + 1
     WHERE id = @id AND deleted_at IS NULL`,
  );
  return {
    /** False when the name is taken. */
    insert: (user: NewUser): boolean =>
      insert.run({ ...user, nameKey: nameKey(user.username) }).changes === 1,
    /** A deleted one too. */
    find: (id: string): User | undefined => byId.get(id),
    findByName: (username: string): UserWithPassword | undefined => byName.get(nameKey(username)),
    all: (): User[] => all.all(),
    setRole: (id: string, role: Role): boolean => setRole.run(role, id).changes === 1,
    /** Also begins a new generation of sign-ins. */
    setPassword: (id: string, password: string, now: number): boolean =>
      setPassword.run({ id, password, now }).changes === 1,
    remove: (id: string, now: number): boolean => remove.run({ id, now }).changes === 1,
  };
}

type NewUser = Pick<UserWithPassword, 'id' | 'username' | 'password' | 'role' | 'createdAt'>;

/** Nobody should be able to pass for somebody else by a capital letter. */
function nameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}
