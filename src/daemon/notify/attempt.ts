import { timeLimit } from '../../shared/time-limit.js';
import { version } from '../../shared/version.js';
import type { Clock } from '../clock.js';
import type { DeliveryRow } from '../store/deliveries.js';
import type { AllowList } from './addresses.js';
import type { Sent } from './retry.js';
import { send, wordsOf } from './send.js';
import { signatureHeaders } from './signature.js';
import { resolveTarget, type Lookup } from './target.js';
import { fillTemplate, type WebhookTemplate } from './template.js';

export interface AttemptParts {
  readonly allow: AllowList;
  readonly lookup: Lookup;
  readonly key: Buffer;
  /** Of the global target. */
  readonly template: WebhookTemplate | undefined;
  /** From the question for the address to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** One attempt to deliver. Never rejects; the aborted `signal` ends it early. */
export async function attempt(
  parts: AttemptParts,
  row: DeliveryRow,
  signal: AbortSignal,
): Promise<Sent> {
  const limit = timeLimit(signal, parts.timeoutMs);
  const limited = limit.signal;
  try {
    const url = new URL(row.url);
    const addresses = await orAborted(resolveTarget(url, parts.allow, parts.lookup), limited);
    // The template may hold secrets of the daemon's owner: only the global target gets it.
    const template = row.target === 'global' ? parts.template : undefined;
    const { method, headers, body } = contentOf(row, template);
    const seconds = Math.floor(parts.clock.now() / 1000);
    const signed = { ...headers, ...signatureHeaders(parts.key, row.id, seconds, body) };
    const sent = await send(
      { url, method, headers: signed, body },
      addresses,
      limited,
      parts.clock,
    );
    const isKnown = sent.status !== null && template?.alsoDelivered.includes(sent.status) === true;
    return isKnown ? { ...sent, error: null } : sent;
  } catch (error) {
    return { status: null, error: wordsOf(error, limited), retryAfterMs: null };
  } finally {
    limit.clear();
  }
}

function contentOf({ id, message }: DeliveryRow, template: WebhookTemplate | undefined) {
  const common = { 'content-type': 'application/json', 'user-agent': `kdrama/${version}` };
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
