import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Metrics } from '../metrics/metrics.js';
import { authGate } from './gates/auth-gate.js';
import type { AppEnv } from './env.js';
import { errorResponse } from './answer/error-response.js';
import { noteClient } from './gates/client.js';
import { headerGate } from './gates/header-gate.js';
import { hostGate } from './gates/host-gate.js';
import type { IsOwnHost } from './gates/host-names.js';
import type { ReadViewer } from './auth/credentials.js';
import { answerUnrouted, demandMethod } from './answer/methods.js';
import { originGate } from './gates/origin-gate.js';
import { clientKey, limitStrangers, limitViewers } from './gates/rate-gate.js';
import { announceTus } from './tus/announce.js';
import { countRequests } from './gates/request-metrics.js';
import { requestLog } from './gates/request-log.js';
import { secureHeaders } from './gates/secure-headers.js';
import type { RememberedAnswers } from './answer/remembered-answers.js';
import type { RateLimits } from './limits/rate-limits.js';
import { negotiateVersion, prefixes } from './gates/versions.js';

export interface AppParts {
  readonly log: Logger;
  readonly clock: Clock;
  readonly isOwnHost: IsOwnHost;
  /** Addresses and CIDR ranges of proxies that are believed. */
  readonly trustedProxies: readonly string[];
  readonly readViewer: ReadViewer;
  readonly limits: RateLimits;
  readonly metrics: Pick<Metrics, 'answered'>;
  readonly uploadMaxBytes: number;
  readonly rememberedAnswers: RememberedAnswers;
  /** Served under every API prefix. */
  readonly api: readonly Hono<AppEnv>[];
  /** Served as they are: what monitors and proxies ask for, the pages. */
  readonly root: readonly Hono<AppEnv>[];
}

/** The whole HTTP face: log, gates from the outside in, then one file of routes a resource. */
export function buildApp(parts: AppParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const client = clientKey();
  app.use(requestLog(parts.log, parts.clock));
  app.use(countRequests(parts.metrics, parts.clock));
  app.use(noteClient(parts.trustedProxies));
  app.use(secureHeaders);
  app.use(announceTus(parts.uploadMaxBytes));
  app.use(limitStrangers(parts.limits, client));
  app.use(headerGate);
  app.use(hostGate(parts.isOwnHost));
  app.use(negotiateVersion);
  app.use(originGate);
  app.use(authGate(parts.readViewer));
  app.use(limitViewers(parts.limits, client));
  app.use(demandMethod(app));
  app.use((c, next) => {
    c.set('rememberedAnswers', parts.rememberedAnswers);
    return next();
  });
  for (const routes of parts.api) for (const prefix of prefixes) app.route(prefix, routes);
  for (const routes of parts.root) app.route('/', routes);
  app.onError((error, c) => errorResponse(c, error));
  app.notFound((c) => answerUnrouted(app, c));
  return app;
}
