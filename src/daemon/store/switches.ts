import type { Connection } from './open.js';

/** What somebody has turned on for the whole daemon, until it is turned off. */
export type SwitchName = 'pause';

export type SwitchStore = ReturnType<typeof switchStore>;

export function switchStore(connection: Connection) {
  const find = connection.prepare<[string], 1>(`SELECT 1 FROM switches WHERE name = ?`).pluck();
  const on = connection.prepare(
    `INSERT INTO switches (name, since) VALUES (?, ?) ON CONFLICT DO NOTHING`,
  );
  const off = connection.prepare(`DELETE FROM switches WHERE name = ?`);
  return {
    isOn: (name: SwitchName): boolean => find.get(name) !== undefined,
    turnOn: (name: SwitchName, now: number): void => {
      on.run(name, now);
    },
    turnOff: (name: SwitchName): void => {
      off.run(name);
    },
  };
}
