import type { CommonOptions } from '../command.js';
import type { Env } from '../deps.js';

export type ProgressMode = 'none' | 'plain' | 'live';

/**
 * Pure: how progress is shown. A live picture only where a person looks at a terminal that can draw
 * it; a log gets one line per change.
 */
export function progressMode(
  options: CommonOptions & { readonly progress: 'auto' | 'plain' },
  isTerminal: boolean,
  env: Env,
): ProgressMode {
  if (options.json || options.quiet) return 'none';
  const canDraw = isTerminal && env['TERM'] !== 'dumb' && !isSet(env['CI']);
  return canDraw && options.progress !== 'plain' ? 'live' : 'plain';
}

/** NO_COLOR (no-color.org): present and not empty, whatever its value. */
export function useColor(env: Env): boolean {
  return !isSet(env['NO_COLOR']);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
