import type { Deps } from '../deps.js';
import { installedService } from '../service/installed-service.js';
import { serviceState } from '../service/run-service.js';
import { serviceManager } from '../service/service-manager.js';
import { whyFailed } from '../service/service-state.js';
import type { Check } from './check.js';

type Asked = Pick<Deps, 'host' | 'env' | 'home' | 'runProgram'>;

/** Whether the service that starts the daemon can, and did; nothing where none is installed. */
export async function checkService(deps: Asked): Promise<Check[]> {
  const { host, env } = deps;
  if (host.platform !== 'linux' && host.platform !== 'darwin') return [];
  const manager = serviceManager(host, env);
  const installed = installedService(manager);
  if (installed === undefined) return [];
  const { unitPath, problem, plan } = installed;
  if (problem !== null) {
    const message = `${unitPath} cannot start: ${problem}`;
    return [
      { name: 'service', level: 'fail', message, advice: 'Renew it: kdrama service install' },
    ];
  }
  const state = await serviceState(manager, deps);
  const failure = whyFailed(state, manager.log(plan?.home ?? deps.home));
  if (failure === undefined) return [{ name: 'service', level: 'ok', message: unitPath }];
  const message = `${unitPath}: ${failure}`;
  return [{ name: 'service', level: 'fail', message, advice: 'When that is mended: kdrama start' }];
}
