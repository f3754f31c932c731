import type { Logger } from 'pino';
import type { Health } from '../../shared/contract/index.js';
import type { Config } from '../config.js';
import { KdramaError } from '../../shared/errors.js';
import { keyNamed } from '../keys.js';
import type { Layout } from '../layout.js';
import type { Services } from '../services.js';
import { rememberedAnswers } from './answer/remembered-answers.js';
import { buildApp } from './app.js';
import { healthRoutes } from './health.js';
import { openLocalToken } from './auth/local-token.js';
import { pageRoutes } from './viewing/pages.js';
import { apiRoutes } from './routes.js';
import { rateLimits } from './limits/rate-limits.js';
import { listen, type HttpServer } from './server.js';
import { cookieNameOf, createSessions } from './auth/session.js';
import type { SessionRouteParts } from './auth/session-routes.js';
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

/** Until there are users. */
const checkPassword: SessionRouteParts['checkPassword'] = () =>
  Promise.reject(new KdramaError('AUTH_INVALID_TOKEN', 'there are no users'));

/** Builds the HTTP face and listens. Throws PORT_IN_USE, CONFIG_INVALID. */
export async function openHttp(parts: HttpParts): Promise<OpenHttp> {
  const { config, services, log } = parts;
  const { clock, store } = services;
  const codes = createSignInCodes(clock);
  const sessions = createSessions({
    devices: store.devices,
    clock,
    cookieName: cookieNameOf(keyNamed(store.secrets, 'session')),
    userOf: () => undefined,
  });
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
    rememberedAnswers: rememberedAnswers(store.answers, clock),
    api: [health, ...apiRoutes(services, { codes, sessions, signInAddress, checkPassword })],
    root: [health, pageRoutes(parts.webDirectory)],
  });
  const server = await listen(config.listen, app.fetch);
  url = server.url;
  return { ...server, signInAddress };
}
