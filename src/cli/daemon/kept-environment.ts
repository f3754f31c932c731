import type { ConfigView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import type { Env } from '../deps.js';

/** The options of `start`, as variables: a daemon that others reach must stay where they find it. */
const listening: readonly string[] = [
  'KDRAMA_LISTEN',
  'KDRAMA_LAN',
  'KDRAMA_OPEN_VIEWING',
  'KDRAMA_TLS_CERT',
  'KDRAMA_TLS_KEY',
];

/** How the daemon that runs was told to listen when it was started, for the one that takes its place. */
export async function keptEnvironment(api: Pick<Api, 'config'>): Promise<Env> {
  return listeningOf(await configOf(api));
}

/** Pure: what it was told by its environment; what config.toml says, the next one reads itself. */
export function listeningOf({ settings }: Pick<ConfigView, 'settings'>): Env {
  const told = settings.filter(
    ({ env, origin, value }) =>
      listening.includes(env) && origin === 'environment' && value !== null,
  );
  return Object.fromEntries(told.map(({ env, value }) => [env, String(value)]));
}

/** An older daemon may not tell it; that must not keep it from being renewed. */
async function configOf(api: Pick<Api, 'config'>): Promise<Pick<ConfigView, 'settings'>> {
  try {
    return await api.config();
  } catch (error) {
    if (error instanceof KdramaError) return { settings: [] };
    throw error;
  }
}
