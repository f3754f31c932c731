import { networkInterfaces } from 'node:os';
import type { Logger } from 'pino';
import type { Health } from '../../shared/contract/index.js';
import { networkUrls } from '../../shared/network.js';
import type { Config } from '../config.js';
import { keyNamed } from '../keys.js';
import { diskOf } from '../disk.js';
import { addGauges } from '../metrics/gauges.js';
import type { Layout } from '../layout.js';
import type { Services } from '../services.js';
import { rememberedAnswers } from './answer/remembered-answers.js';
import { buildApp } from './app.js';
import { configRoutes } from './config.js';
import { metricsRoutes } from './metrics.js';
import { healthRoutes } from './health.js';
import { openLocalToken } from './auth/local-token.js';
import { documentationRoutes } from './openapi/documentation.js';
import { pageRoutes } from './viewing/pages.js';
import { apiRoutes, validation } from './routes.js';
import { rateLimits } from './limits/rate-limits.js';
import { createHostNames } from './gates/host-names.js';
import { listen, type HttpServer } from './server.js';
import { certificateFiles, readCertificate, type Certificate } from './tls/certificate.js';
import { watchCertificate } from './tls/renewal.js';
import { cookieNameOf, createSessions } from './auth/session.js';
import { credentialReader } from './auth/credentials.js';
import { signInAddresses, type SignInAddress } from './auth/sign-in-address.js';
import { createSignInCodes } from './auth/sign-in-codes.js';
import { eventRoutes } from './events/events.js';
import { EventFeed } from './events/feed.js';
import { streamTiming, type StreamTiming } from './events/listener.js';
import { seatLimits, Seats } from './events/seats.js';

export interface HttpParts {
  readonly config: Config;
  readonly layout: Layout;
  readonly log: Logger;
  readonly services: Services;
  readonly health: () => Promise<Health>;
  /** A renewed certificate is in use from now on. */
  readonly renewed: () => void;
  /** The built pages. */
  readonly webDirectory: string;
  /** Of event streams; default: a heartbeat every 15 s. */
  readonly streamTiming?: StreamTiming | undefined;
}

export interface OpenHttp extends Pick<HttpServer, 'url' | 'close'> {
  /** The one in use; undefined without TLS. */
  certificate(): Certificate | undefined;
  /** In both directions, since the start. */
  bytesMoved(): number;
  readonly signInAddress: SignInAddress;
}

/** Builds the HTTP face and listens. Throws PORT_IN_USE, CONFIG_INVALID. */
export async function openHttp(parts: HttpParts): Promise<OpenHttp> {
  const { config, services, log } = parts;
  const { accounts, clock, store } = services;
  const codes = createSignInCodes(clock);
  const sessions = createSessions({
    devices: store.devices,
    clock,
    cookieName: cookieNameOf(keyNamed(store.secrets, 'session')),
    userOf: (id) => accounts.users.find(id),
  });
  const files = certificateFiles(config.tlsCert, config.tlsKey);
  let certificate = files && readCertificate(files, clock.now());
  let url = '';
  const signInAddress = signInAddresses(codes, () => publicUrl(config, url, certificate));
  const operating = [
    healthRoutes(parts.health),
    documentationRoutes(parts.webDirectory),
    metricsRoutes(services.metrics.registry),
    configRoutes(config),
  ];
  const readViewer = credentialReader({
    token: openLocalToken(parts.layout.token),
    ...{ sessions, accounts, localAuth: config.localAuth, openViewing: config.openViewing },
  });
  const seats = new Seats(seatLimits);
  const feed = new EventFeed(store.events, services.bus);
  const app = buildApp({
    log,
    clock,
    isOwnHost: createHostNames({ clock, others: () => configuredNames(config, certificate) }),
    trustedProxies: config.trustedProxies,
    readViewer,
    uploadMaxBytes: config.uploadMaxBytes,
    metrics: services.metrics,
    limits: rateLimits(config.requestsPerMinute),
    rememberedAnswers: rememberedAnswers(store.answers, clock),
    api: [
      ...operating,
      ...apiRoutes(services, { codes, sessions, signInAddress }, config),
      eventRoutes({
        ...{ feed, readViewer, clock, events: store.events, jobs: services.jobs },
        seats,
        timing: parts.streamTiming ?? streamTiming,
      }),
    ],
    root: [...operating, validation(services), pageRoutes(parts.webDirectory)],
  });
  const server = await listen({ ...config.listen, certificate }, app.fetch);
  url = server.url;
  addGauges(services.metrics.registry, {
    load: services.jobs.load,
    library: () => store.census.library(),
    disk: () => diskOf(parts.layout.media),
    traffic: () => server.traffic(),
    deliveries: () => store.census.deliveries(),
    listeners: () => seats.taken,
  });
  const renewed = (next: Certificate) => {
    certificate = next;
    server.renew(next);
    parts.renewed();
  };
  const stopWatching = files && watchCertificate({ files, log, now: () => clock.now(), renewed });
  return {
    url,
    certificate: () => certificate,
    bytesMoved() {
      const { bytesIn, bytesOut } = server.traffic();
      return bytesIn + bytesOut;
    },
    signInAddress,
    close() {
      stopWatching?.();
      feed.close();
      return server.close();
    },
  };
}

/** For other devices too, where they reach it. */
function publicUrl(config: Config, url: string, certificate: Certificate | undefined): string {
  const { protocol, port } = new URL(url);
  const listening = {
    scheme: protocol === 'https:' ? ('https' as const) : ('http' as const),
    hostname: config.listen.hostname,
    port: Number(port),
    certificateNames: certificate?.names ?? [],
  };
  return networkUrls(listening, networkInterfaces())[0] ?? url;
}

function configuredNames(config: Config, certificate: Certificate | undefined): string[] {
  const { hostname } = config.listen;
  return [...config.allowedHosts, ...(certificate?.names ?? []), hostname];
}
