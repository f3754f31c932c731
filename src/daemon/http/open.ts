import type { Logger } from 'pino';
import type { Health } from '../../shared/contract/index.js';
import type { Config } from '../config.js';
import { keyNamed } from '../keys.js';
import type { Layout } from '../layout.js';
import type { Services } from '../services.js';
import { buildApp } from './app.js';
import { healthRoutes } from './health.js';
import { openLocalToken } from './auth/local-token.js';
import { pageRoutes } from './viewing/pages.js';
import { apiRoutes } from './routes.js';
import { rateLimits } from './limits/rate-limits.js';
import { listen, type HttpServer } from './server.js';
import { createSessions } from './auth/session.js';
import { signInAddresses, type SignInAddress } from './auth/sign-in-address.js';
import { createSignInCodes } from './auth/sign-in-codes.js';

export interface HttpParts {
  readonly config: Config;
  readonly layout: Layout;
  readonly log: Logger;
  readonly services: Services;
  readonly health: () => Health;
  /** The built pages. */
  readonly webDirectory: string;
}

export interface OpenHttp extends HttpServer {
  readonly signInAddress: SignInAddress;
}

/** Builds the HTTP face and listens. Throws PORT_IN_USE, CONFIG_INVALID. */
export async function openHttp(parts: HttpParts): Promise<OpenHttp> {
  const { config, services, log } = parts;
  const { clock, store } = services;
  const codes = createSignInCodes(clock);
  const sessions = createSessions(keyNamed(store.secrets, 'session'), clock);
  let url = '';
  const signInAddress = signInAddresses(codes, () => url);
  const health = healthRoutes(parts.health);
  const app = buildApp({
    log,
    clock,
    allowedHosts: [...config.allowedHosts, config.listen.hostname],
    trustedProxies: config.trustedProxies,
    token: openLocalToken(parts.layout.token),
    sessions,
    limits: rateLimits(config.requestsPerMinute),
    api: [health, ...apiRoutes(services, { codes, sessions, signInAddress })],
    root: [health, pageRoutes(parts.webDirectory)],
  });
  const server = await listen(config.listen, app.fetch);
  url = server.url;
  return { ...server, signInAddress };
}
