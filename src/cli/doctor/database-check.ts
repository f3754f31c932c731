import type { Check } from './check.js';

/**
 * Whether this Node can load the database, which was built for the Node that installed kdrama.
 * `open` opens and closes one in memory.
 */
export async function checkDatabase(open: () => Promise<void>): Promise<Check> {
  try {
    await open();
    return { name: 'database', level: 'ok', message: 'SQLite works' };
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return {
      name: 'database',
      level: 'fail',
      message: `this Node cannot load SQLite: ${message}`,
      advice: 'Install kdrama again with this Node (in a clone: npm rebuild better-sqlite3).',
    };
  }
}
