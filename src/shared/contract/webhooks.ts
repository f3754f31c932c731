import { z } from 'zod';
import type { EventType } from './events.js';
import { jobView } from './job-view.js';

/** The events that a webhook tells of. */
export const webhookTypes = [
  'video.playable',
  'job.completed',
  'job.failed',
  'job.cancelled',
] as const satisfies readonly EventType[];
export type WebhookType = (typeof webhookTypes)[number];

/** The body of a webhook, as Standard Webhooks has it. */
export const webhookMessage = z.object({
  type: z.enum(webhookTypes),
  /** When it happened, not when it is told. */
  timestamp: z.iso.datetime(),
  data: jobView.pick({
    jobId: true,
    videoId: true,
    title: true,
    status: true,
    progress: true,
    playable: true,
    createdAt: true,
    startTime: true,
    playableAt: true,
    completedAt: true,
    error: true,
    workflow: true,
  }),
});
export type WebhookMessage = z.infer<typeof webhookMessage>;

/** waiting: to be sent, again or at all · failed: given up after 24 h · gone: the target said 410. */
export const deliveryStates = ['waiting', 'delivered', 'failed', 'gone'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One webhook and what became of it. */
export const delivery = z.object({
  /** The `webhook-id`: the same at each attempt, so that the target can tell repetitions. */
  id: z.string(),
  type: z.enum(webhookTypes),
  /** `job`: the notifyUrl of a request · `global`: the notify.url of the daemon. */
  target: z.enum(['job', 'global']),
  /** Without its query, which may hold a secret. */
  url: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  /** HTTP status of the last attempt; null when there was no answer. */
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const deliveryList = z.object({ deliveries: z.array(delivery) });
export type DeliveryList = z.infer<typeof deliveryList>;

/** GET /webhooks/secret. */
export const webhookSecret = z.object({ secret: z.string() });
export type WebhookSecret = z.infer<typeof webhookSecret>;
