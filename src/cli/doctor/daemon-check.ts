import type { Health } from '../../shared/contract/index.js';
import { apiVersion, version } from '../../shared/version.js';
import type { Check } from './check.js';

/** Pure: what the daemon's own word says; undefined: none runs. */
export function checkDaemon(running: { url: string; health: Health } | undefined): Check {
  const name = 'daemon';
  if (running === undefined) {
    const message = 'none runs; "kdrama upload" and "kdrama start" start one';
    return { name, level: 'ok', message };
  }
  const { url, health } = running;
  const message = `${health.version} at ${url} (pid ${health.pid})`;
  if (health.apiVersion === apiVersion && health.version === version) {
    return { name, level: 'ok', message };
  }
  return {
    name,
    level: health.apiVersion === apiVersion ? 'warn' : 'fail',
    message: `${message}, but this is kdrama ${version}`,
    advice: 'Renew it: kdrama restart',
  };
}
