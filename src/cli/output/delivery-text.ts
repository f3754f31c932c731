import type { Delivery } from '../../shared/contract/index.js';
import { localTime } from './local-time.js';
import { safeText } from './safe-text.js';
import { alignedLines } from './table.js';

/** One line a webhook: what was told to whom, and what became of it. */
export function deliveryLines(deliveries: readonly Delivery[], columns: number): string[] {
  if (deliveries.length === 0) return [];
  const headings = ['WEBHOOK', 'STATE', 'TRIES', 'NEXT TRY', 'TO', 'BECAUSE'];
  const rows = deliveries.map((delivery) => [
    delivery.type,
    delivery.state,
    String(delivery.attempts),
    delivery.nextAttemptAt === null ? '' : localTime(delivery.nextAttemptAt),
    safeText(delivery.url),
    safeText(delivery.lastError ?? ''),
  ]);
  return alignedLines({ headings, rows }, columns);
}
