import { dirname, isAbsolute, join } from 'node:path';
import type { Host } from '../host/host.js';

/** What a service runs: `program serve`, for a home. */
export interface ServicePlan {
  readonly program: string;
  readonly home: string;
  /** The directories in which it finds its node and an ffmpeg, in this order. */
  readonly searchPath: readonly string[];
}

/**
 * Pure but for `realPath` (undefined where nothing is). The service starts with whatever node its
 * search path has first, so that an upgrade that removes one leaves it the next
 * (docs/decisions/0030-service.md).
 */
export function planService(
  host: Pick<Host, 'program' | 'node'>,
  home: string,
  path: string,
  realPath: (path: string) => string | undefined,
): ServicePlan {
  const own = dirname(host.node);
  const given = path.split(':').filter((directory) => isAbsolute(directory));
  const sameNode = given.filter((directory) => realPath(join(directory, 'node')) === host.node);
  const lasting = sameNode.filter((directory) => directory !== own);
  const searchPath = [...new Set([...lasting, own, ...given])];
  return { program: host.program, home, searchPath };
}

/** What keeps a planned service from starting; undefined: nothing. */
export function whyBroken(
  plan: ServicePlan,
  isThere: (path: string) => boolean,
): string | undefined {
  if (!isThere(plan.program)) return `${plan.program} is gone`;
  const hasNode = plan.searchPath.some((directory) => isThere(join(directory, 'node')));
  return hasNode ? undefined : `its node is gone: none in ${plan.searchPath.join(':')}`;
}
