import {
  webhookTypes,
  type EventType,
  type JobView,
  type WebhookMessage,
  type WebhookType,
} from '../../../shared/contract/index.js';
import { newId } from '../../../shared/ids.js';
import type { DeliveryRow } from '../../store/deliveries.js';
import { promisedCallbacks } from './arriving.js';
import type { GlobalWebhook, JobContext } from '../context/context.js';

type Target = Pick<DeliveryRow, 'target' | 'url'>;

/**
 * Queues what an event means for webhooks, inside the open transaction: no crash can part the two.
 * The notifier hears of it after the commit.
 */
export function queueWebhooks(
  context: JobContext,
  view: JobView,
  type: EventType,
  at: number,
): void {
  if (!isWebhookType(type)) return;
  const callbacks = callbacksOf(context.store, view.jobId);
  for (const target of targetsOf(type, callbacks, context.globalWebhook)) {
    queueWebhook(context, view, { type, at, ...target });
  }
}

function callbacksOf(store: JobContext['store'], jobId: string): readonly string[] {
  if (store.jobs.find(jobId) === undefined) return promisedCallbacks(store, jobId);
  return store.deliveries.callbacks.ofJob(jobId);
}

/** One webhook to one target, inside the open transaction. */
export function queueWebhook(
  { store, bus, clock }: JobContext,
  view: JobView,
  { type, at, target, url }: Target & { readonly type: WebhookType; readonly at: number },
): void {
  store.deliveries.add({
    id: `msg_${newId()}`,
    jobId: view.jobId,
    type,
    target,
    url,
    host: new URL(url).host,
    message: messageOf(view, type, at),
    createdAt: clock.now(),
  });
  store.afterCommit(() => bus.emit('delivery'));
}

/** Pure: each address once; what is global already is not told a second time. */
export function targetsOf(
  type: WebhookType,
  callbacks: readonly string[],
  global: GlobalWebhook | undefined,
): Target[] {
  const isGlobal = global?.types.includes(type) === true;
  return [
    ...(isGlobal ? [{ target: 'global', url: global.url } as const] : []),
    ...callbacks
      .filter((url) => !isGlobal || url !== global.url)
      .map((url) => ({ target: 'job', url }) as const),
  ];
}

function messageOf(view: JobView, type: WebhookType, at: number): WebhookMessage {
  const { jobId, videoId, title, status, progress, playable, error, workflow } = view;
  const { createdAt, startTime, playableAt, completedAt } = view;
  return {
    type,
    timestamp: new Date(at).toISOString(),
    data: {
      ...{ jobId, videoId, title, status, progress, playable },
      ...{ createdAt, startTime, playableAt, completedAt, error, workflow },
    },
  };
}

function isWebhookType(type: EventType): type is WebhookType {
  return (webhookTypes as readonly EventType[]).includes(type);
}
