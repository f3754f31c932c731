import { readFileSync, rmSync } from 'node:fs';
import { recentDeaths } from '../shared/crash-loop.js';
import { version } from '../shared/version.js';
import { writeFileDurably } from './durable-file.js';

/**
 * daemon.json: tells the command line where this home's daemon is. Who stops in order takes it away; one
 * that is found at a start was left by a daemon that died, and its time is passed on.
 */
export class DaemonFile {
  readonly #deaths: readonly string[];

  /** Reads what was left; for the owner of the home only. `now`: wall time. */
  constructor(
    private readonly path: string,
    now: number,
  ) {
    const left = readLeft(path);
    this.#deaths = left === undefined ? [] : recentDeaths([...left, toIso(now)], now);
  }

  /** Written once the daemon can be reached, and again when that changes. */
  write(facts: Readonly<Record<string, unknown>>): void {
    const { pid } = process;
    const record = { pid, version, ...facts, deaths: this.#deaths };
    writeFileDurably(this.path, `${JSON.stringify(record)}\n`);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** The deaths that the file knows of; undefined where there is none. */
function readLeft(path: string): string[] | undefined {
  try {
    const { deaths = [] } = JSON.parse(readFileSync(path, 'utf8')) as { deaths?: string[] };
    return deaths;
  } catch (error) {
    // Cut off by a power cut: it died, and that is all that is known.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : [];
  }
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}
