import { installedService } from '../service/installed-service.js';
import { serviceManager } from '../service/service-manager.js';
import type { Deps } from '../deps.js';
import type { Check } from './check.js';

/** Whether the service that starts the daemon still can; nothing where none is installed. */
export function checkService({ host, env }: Pick<Deps, 'host' | 'env'>): Check[] {
  if (host.platform !== 'linux' && host.platform !== 'darwin') return [];
  const installed = installedService(serviceManager(host, env));
  if (installed === undefined) return [];
  const { unitPath, problem } = installed;
  if (problem === null) return [{ name: 'service', level: 'ok', message: unitPath }];
  const message = `${unitPath} cannot start: ${problem}`;
  return [{ name: 'service', level: 'fail', message, advice: 'Renew it: kdrama service install' }];
}
