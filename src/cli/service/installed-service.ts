import { existsSync, readFileSync } from 'node:fs';
import type { ServiceManager } from './service-manager.js';
import { whyBroken, type ServicePlan } from './service-plan.js';

export interface InstalledService {
  readonly unitPath: string;
  /** undefined: somebody wrote it by hand. */
  readonly plan: ServicePlan | undefined;
  /** Why it cannot start; null: nothing is known against it. */
  readonly problem: string | null;
}

/** What the unit of this user says; undefined when there is none. */
export function installedService(manager: ServiceManager): InstalledService | undefined {
  const { unitPath } = manager;
  if (!existsSync(unitPath)) return undefined;
  const plan = manager.readUnit(readFileSync(unitPath, 'utf8'));
  const problem = plan === undefined ? undefined : whyBroken(plan, existsSync);
  return { unitPath, plan, problem: problem ?? null };
}
