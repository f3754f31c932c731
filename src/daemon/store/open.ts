import Database from 'better-sqlite3';
import { KdramaError } from '../../shared/errors.js';
import { migrations } from './migrations/index.js';

export type Connection = Database.Database;

/**
 * Opens (and if need be creates or migrates) the database. Every commit is on the disk when it
 * returns: better-sqlite3 would otherwise run WAL with `synchronous=NORMAL`, which loses
 * acknowledged rows in a power cut. Throws DATABASE_NEWER for a file of a newer kdrama.
 */
export function openDatabase(path: string): Connection {
  const connection = new Database(path);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  try {
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

function migrate(connection: Connection): void {
  const present = connection.pragma('user_version', { simple: true }) as number;
  if (present > migrations.length) {
    throw new KdramaError(
      'DATABASE_NEWER',
      `it has schema ${present}, this program knows ${migrations.length}`,
    );
  }
  migrations.slice(present).forEach((sql, index) => {
    connection.transaction(() => {
      connection.exec(sql);
      connection.pragma(`user_version = ${present + index + 1}`);
    })();
  });
}
