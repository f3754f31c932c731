import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { sayLine } from '../output/say.js';
import type { Connection } from './connect.js';
import { offerRenewal } from './offer-renewal.js';
import { ensureDaemon } from './start.js';

/**
 * The daemon, started when none runs; then says so. `during` shows something meanwhile. Throws what
 * ensureDaemon throws.
 */
export async function startIfNeeded(
  options: CommonOptions,
  deps: Deps,
  during: <T>(start: () => Promise<T>) => Promise<T> = (start) => start(),
): Promise<Connection> {
  const renewed = await offerRenewal(options, deps);
  const { connection, startedByUs } = await during(() => ensureDaemon(renewed));
  if (startedByUs && !options.json && !options.quiet) {
    sayLine(deps, `Started the daemon (pid ${connection.health.pid}); "kdrama stop" ends it.`);
  }
  return connection;
}
