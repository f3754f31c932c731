import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { authGate } from './gates/auth-gate.js';
import type { AppEnv } from './env.js';
import { errorResponse } from './answer/error-response.js';
import { noteClientAddress } from './gates/client-address.js';
import { hostGate } from './gates/host-gate.js';
import type { LocalToken } from './auth/local-token.js';
import { answerUnrouted } from './answer/methods.js';
import { originGate } from './gates/origin-gate.js';
import { requestLog } from './gates/request-log.js';
import { secureHeaders } from './gates/secure-headers.js';
import type { Sessions } from './auth/session.js';
import { negotiateVersion, prefixes } from './gates/versions.js';

export interface AppParts {
  readonly log: Logger;
  readonly clock: Clock;
  /** Names beside the loopback ones that a `Host` line may carry. */
  readonly allowedHosts: readonly string[];
  readonly token: LocalToken;
  readonly sessions: Sessions;
  /** Served under every API prefix. */
  readonly api: readonly Hono<AppEnv>[];
  /** Served as they are: health for monitors, the pages. */
  readonly root: readonly Hono<AppEnv>[];
}

/** The whole HTTP face: log, gates from the outside in, then one file of routes a resource. */
export function buildApp(parts: AppParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestLog(parts.log, parts.clock));
  app.use(noteClientAddress);
  app.use(secureHeaders);
  app.use(hostGate(parts.allowedHosts));
  app.use(negotiateVersion);
  app.use(originGate);
  app.use(authGate(parts.token, parts.sessions));
  for (const routes of parts.api) for (const prefix of prefixes) app.route(prefix, routes);
  for (const routes of parts.root) app.route('/', routes);
  app.onError((error, c) => errorResponse(c, error));
  app.notFound((c) => answerUnrouted(app, c));
  return app;
}
