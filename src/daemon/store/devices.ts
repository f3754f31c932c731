import type { Role } from '../../shared/states.js';
import type { Connection } from './open.js';

/** A browser or player that was paired or signed in. Times in milliseconds since 1970. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Who signed in on it; null when it was paired. */
  readonly userId: string | null;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export type DeviceStore = ReturnType<typeof deviceStore>;

const columns = `id, name, role, user_id AS userId, created_at AS createdAt, last_seen_at AS lastSeenAt`;

/** Devices. Their tokens are known by hash only. */
export function deviceStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO devices (id, token_hash, name, role, user_id, created_at, last_seen_at)
     VALUES (@id, @tokenHash, @name, @role, @userId, @createdAt, @lastSeenAt)`,
  );
  const byToken = connection.prepare<[Buffer], Device>(
    `SELECT ${columns} FROM devices WHERE token_hash = ?`,
  );
  const all = connection.prepare<[], Device>(
    `SELECT ${columns} FROM devices ORDER BY last_seen_at DESC, id`,
  );
  const see = connection.prepare(`UPDATE devices SET last_seen_at = ? WHERE id = ?`);
  const remove = connection.prepare(`DELETE FROM devices WHERE id = ?`);
  const removeOfUser = connection.prepare(`DELETE FROM devices WHERE user_id = ?`);
  const removeUnseen = connection.prepare(`DELETE FROM devices WHERE last_seen_at <= ?`);
  return {
    insert: (device: Device & { readonly tokenHash: Buffer }): void => void insert.run(device),
    findByToken: (tokenHash: Buffer): Device | undefined => byToken.get(tokenHash),
    /** The one that was seen last first. */
    all: (): Device[] => all.all(),
    markSeen: (id: string, at: number): void => void see.run(at, id),
    /** Whether there was one. */
    remove: (id: string): boolean => remove.run(id).changes > 0,
    removeOfUser: (userId: string): void => void removeOfUser.run(userId),
    removeUnseenSince: (at: number): void => void removeUnseen.run(at),
  };
}
