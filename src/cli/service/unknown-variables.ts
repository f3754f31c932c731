import type { Env } from '../deps.js';

/** Of who asks a daemon, or in the unit itself. */
const known = ['KDRAMA_HOME', 'KDRAMA_HOST', 'KDRAMA_TOKEN', 'KDRAMA_CA'];

/** Pure: the variables here that a service, which has no shell, does not see. */
export function unknownToService(env: Env): string[] {
  return Object.keys(env).filter((name) => name.startsWith('KDRAMA_') && !known.includes(name));
}
