import { lookup as dnsLookup } from 'node:dns/promises';
import type { Logger } from 'pino';
import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { GlobalWebhook } from '../jobs/context/context.js';
import { keyNamed } from '../keys.js';
import type { Store } from '../store/store.js';
import { webhookTypes } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { parseAllowList } from './addresses.js';
import { attempt } from './attempt.js';
import type { BreakerPolicy } from '../breaker.js';
import { Notifier } from './notifier.js';
import { breakerPolicy, retryPolicy, type RetryPolicy } from './retry.js';
import { parseSecret, secretText } from './signature.js';
import { checkTarget, type Lookup } from './target.js';

/** What tests give instead. */
export interface WebhookOptions {
  readonly lookup?: Lookup;
  /** Between 0 and 1. */
  readonly random?: () => number;
  readonly retry?: RetryPolicy;
  readonly breaker?: BreakerPolicy;
  readonly timeoutMs?: number;
}

export interface WebhookParts extends WebhookOptions {
  readonly config: Pick<Config, 'notifyUrl' | 'notifySecret' | 'notifyAllow' | 'webhookTemplate'>;
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

const defaultTimeoutMs = 10_000;

/** Who is told of jobs, and the telling. Throws CONFIG_INVALID. */
export function createWebhooks(parts: WebhookParts) {
  const { config, store, bus, clock, log } = parts;
  const allow = parseAllowList(config.notifyAllow);
  const key = keyOf(parts);
  const global = globalOf(parts, (url) => checkTarget(url, allow));
  const attemptParts = {
    ...{ allow, key, clock, template: config.webhookTemplate },
    lookup: parts.lookup ?? ((host: string) => dnsLookup(host, { all: true })),
    timeoutMs: parts.timeoutMs ?? defaultTimeoutMs,
  };
  const notifier = new Notifier({
    ...{ store, bus, clock, log },
    send: (row, signal) => attempt(attemptParts, row, signal),
    random: parts.random ?? Math.random,
    retry: parts.retry ?? retryPolicy,
    breaker: parts.breaker ?? breakerPolicy,
  });

  return {
    /** Is told of every job; undefined when nobody is. */
    global,
    /** `whsec_…`: what targets check signatures with. */
    secret: secretText(key),
    /** Throws VALIDATION_FAILED for a notifyUrl that could never be called. */
    demandTarget: (url: string | undefined): void => {
      if (url !== undefined) checkTarget(url, allow);
    },
    /** Goes on with what waits. */
    start(): void {
      if (global === undefined)
        store.deliveries.dropGlobal('notify.url is not set any more', clock.now());
      else store.deliveries.moveGlobal(global.url, new URL(global.url).host);
      notifier.start();
    },
    stop: () => notifier.stop(),
  };
}

function keyOf({ config, store }: WebhookParts): Buffer {
  const { notifySecret } = config;
  return notifySecret === undefined
    ? keyNamed(store.secrets, 'webhook')
    : parseSecret(notifySecret);
}

/** Throws CONFIG_INVALID when it could never be called. */
function globalOf(
  { config }: WebhookParts,
  check: (url: string) => unknown,
): GlobalWebhook | undefined {
  const { notifyUrl, webhookTemplate } = config;
  const url = webhookTemplate?.url ?? notifyUrl;
  if (url === undefined) {
    if (webhookTemplate === undefined) return undefined;
    throw new KdramaError(
      'CONFIG_INVALID',
      'notify.template: there is no url in it and no notify.url',
    );
  }
  try {
    check(url);
  } catch (error) {
    const { message, hint } = error as KdramaError;
    throw new KdramaError('CONFIG_INVALID', `notify.url: ${message}`, {
      cause: error,
      ...(hint !== undefined && { hint }),
    });
  }
  return { url, types: webhookTemplate?.events ?? webhookTypes };
}
