import { lookup as dnsLookup } from 'node:dns/promises';
import type { Logger } from 'pino';
import { version } from '../../shared/version.js';
import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { GlobalWebhook } from '../jobs/context.js';
import { keyNamed } from '../keys.js';
import type { DeliveryRow } from '../store/deliveries.js';
import type { Store } from '../store/store.js';
import { webhookTypes } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { parseAllowList } from './addresses.js';
import { breakerPolicy, type BreakerPolicy } from './breaker.js';
import { Notifier } from './notifier.js';
import { retryPolicy, type RetryPolicy, type Sent } from './retry.js';
import { send, wordsOf } from './send.js';
import { parseSecret, secretText, signatureHeaders } from './signature.js';
import { checkTarget, resolveTarget, type Lookup } from './target.js';
import { fillTemplate } from './template.js';

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

/** From the question to the last byte of the answer. */
const defaultTimeoutMs = 10_000;

/** Who is told of jobs, and the telling. Throws CONFIG_INVALID. */
export function createWebhooks(parts: WebhookParts) {
  const { config, store, bus, clock, log } = parts;
  const allow = parseAllowList(config.notifyAllow);
  const key = keyOf(parts);
  const global = globalOf(parts, (url) => checkTarget(url, allow));
  const lookup = parts.lookup ?? ((host) => dnsLookup(host, { all: true }));
  const timeoutMs = parts.timeoutMs ?? defaultTimeoutMs;

  const attempt = async (row: DeliveryRow, signal: AbortSignal): Promise<Sent> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const url = new URL(row.url);
      const addresses = await orAborted(resolveTarget(url, allow, lookup), limited);
      const { method, headers, body } = contentOf(row, parts);
      const signed = signatureHeaders(key, row.id, Math.floor(clock.now() / 1000), body);
      return await send(
        { url, method, headers: { ...headers, ...signed }, body },
        addresses,
        limited,
      );
    } catch (error) {
      return { status: null, error: wordsOf(error, limited), retryAfterMs: null };
    }
  };
  const notifier = new Notifier({
    ...{ store, bus, clock, log, send: attempt },
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

/** The template may hold secrets of the daemon's owner: only the global target gets it. */
function contentOf({ id, target, message }: DeliveryRow, { config }: WebhookParts) {
  const common = { 'content-type': 'application/json', 'user-agent': `kdrama/${version}` };
  const template = target === 'global' ? config.webhookTemplate : undefined;
  if (template === undefined) {
    return { method: 'POST', headers: common, body: JSON.stringify(message) };
  }
  const { headers, body } = fillTemplate(template, id, message);
  return { method: template.method, headers: { ...common, ...headers }, body };
}

/** A name server that does not answer takes no longer than a target that does not. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
