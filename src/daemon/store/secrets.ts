import type { Connection } from './open.js';

export type SecretStore = ReturnType<typeof secretStore>;

/** Keys that the daemon makes for itself and keeps: signing keys, not passwords of people. */
export function secretStore(connection: Connection) {
  const get = connection
    .prepare<[string], Buffer>(`SELECT value FROM secrets WHERE name = ?`)
    .pluck();
  const put = connection.prepare(
    `INSERT INTO secrets (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  return {
    get: (name: string): Buffer | undefined => get.get(name),
    put: (name: string, value: Buffer): void => {
      put.run(name, value);
    },
  };
}
