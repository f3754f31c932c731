import type { WatchMode } from '../../shared/contract/index.js';
import type { Connection } from './open.js';

/** A folder whose files become videos by themselves. Times in milliseconds since 1970. */
export interface Watch {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly mode: WatchMode;
  /** It is looked through again and again, without hints of the file system. */
  readonly polls: boolean;
  /** It ends when every file in it has ended. */
  readonly isOnce: boolean;
  readonly origin: 'command' | 'config';
  /** Of the file system that it was on when it was last seen. */
  readonly device: number | null;
  readonly createdAt: number;
  /** Of one that ends; null while it is watched. */
  readonly endedAt: number | null;
}

interface Row extends Omit<Watch, 'polls' | 'isOnce'> {
  readonly polls: number;
  readonly isOnce: number;
}

export type WatchStore = ReturnType<typeof watchStore>;

const columns = `id, path, mode, polls, is_once AS isOnce, origin, device,
  created_at AS createdAt, ended_at AS endedAt`;

export function watchStore(connection: Connection) {
  const put = connection.prepare(
    `INSERT INTO watches (id, path, mode, polls, is_once, origin, device, created_at, ended_at)
     VALUES (@id, @path, @mode, @polls, @isOnce, @origin, @device, @createdAt, @endedAt)
     ON CONFLICT (id) DO UPDATE SET mode = @mode, polls = @polls, is_once = @isOnce,
       origin = @origin, ended_at = @endedAt`,
  );
  const all = connection.prepare<[], Row>(`SELECT ${columns} FROM watches ORDER BY path`);
  const byId = connection.prepare<[string], Row>(`SELECT ${columns} FROM watches WHERE id = ?`);
  const byPath = connection.prepare<[string], Row>(`SELECT ${columns} FROM watches WHERE path = ?`);
  const setDevice = connection.prepare(`UPDATE watches SET device = ? WHERE id = ?`);
  const end = connection.prepare(
    `UPDATE watches SET ended_at = ? WHERE id = ? AND is_once = 1 AND ended_at IS NULL`,
  );
  const remove = connection.prepare(`DELETE FROM watches WHERE id = ?`);
  return {
    /** A new one, or how one is watched from now on. */
    put: (watch: Watch): void => {
      put.run({ ...watch, polls: Number(watch.polls), isOnce: Number(watch.isOnce) });
    },
    /** Ended ones too, by path. */
    all: (): Watch[] => all.all().map(fromRow),
    find: (id: string): Watch | undefined => optional(byId.get(id)),
    findByPath: (path: string): Watch | undefined => optional(byPath.get(path)),
    setDevice: (id: string, device: number): void => void setDevice.run(device, id),
    /** False for one that does not end, or has ended. */
    end: (id: string, at: number): boolean => end.run(at, id).changes === 1,
    /** With what is known of its files. Whether there was one. */
    remove: (id: string): boolean => remove.run(id).changes === 1,
  };
}

function optional(row: Row | undefined): Watch | undefined {
  return row && fromRow(row);
}

function fromRow(row: Row): Watch {
  return { ...row, polls: row.polls === 1, isOnce: row.isOnce === 1 };
}
