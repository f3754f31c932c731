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
  const text = readFileSync(unitPath, 'utf8');
  const plan = manager.readUnit(text);
  const problem =
    plan === undefined ? missingProgram(text, existsSync) : whyBroken(plan, existsSync);
  return { unitPath, plan, problem: problem ?? null };
}

/** Pure but for the question: what a unit that somebody wrote by hand starts and is gone. */
export function missingProgram(
  unit: string,
  isThere: (path: string) => boolean,
): string | undefined {
  const programs = [...unit.matchAll(/(?<=[="'\s>])\/[^"'\s<]*\/(?:node|kdrama)(?=["'\s<]|$)/g)];
  const gone = programs.map(([path]) => path).find((path) => !isThere(path));
  return gone === undefined ? undefined : `${gone} is gone`;
}
