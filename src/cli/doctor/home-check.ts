import { statSync } from 'node:fs';
import { join } from 'node:path';
import { shellQuote } from '../output/shell-quote.js';
import type { Check } from './check.js';
import { canBeWritten } from './writable.js';

/** Whether the home can be written, and that only its owner may read it and the token. */
export function checkHome(home: string): Check[] {
  const homeMode = modeOf(home);
  if (!canBeWritten(home)) return [notWritable(home), ...tokenCheck(join(home, 'token'))];
  if (homeMode === undefined) {
    return [{ name: 'home', level: 'ok', message: `${home} will be made at the first start` }];
  }
  return [privacy('home', home, homeMode, '700'), ...tokenCheck(join(home, 'token'))];
}

function tokenCheck(path: string): Check[] {
  const mode = modeOf(path);
  return mode === undefined ? [] : [privacy('token', path, mode, '600')];
}

/** Pure: group and others must have no rights. */
function privacy(name: string, path: string, mode: number, wanted: string): Check {
  const shown = (mode & 0o777).toString(8);
  if ((mode & 0o077) === 0) return { name, level: 'ok', message: `${path} (${shown})` };
  return {
    name,
    level: 'warn',
    message: `${path} has mode ${shown}: other users of this computer may read it`,
    advice: `chmod ${wanted} ${shellQuote(path)}`,
  };
}

function notWritable(home: string): Check {
  const advice = `Make ${shellQuote(home)} yours, or set KDRAMA_HOME to another directory.`;
  return { name: 'home', level: 'fail', message: `${home} cannot be written`, advice };
}

/** The permission bits; undefined when nothing is there. On Windows they say nothing: 0. */
function modeOf(path: string): number | undefined {
  try {
    const { mode } = statSync(path);
    return process.platform === 'win32' ? 0 : mode;
  } catch {
    return undefined;
  }
}
