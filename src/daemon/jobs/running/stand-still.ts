import { timeLimit } from '../../../shared/time-limit.js';
import type { Bus, Happenings } from '../../bus.js';

/**
 * Resolves when `mayGoOn`, which is asked now and after each of the happenings; but after `mostMs`, and when the signal
 * fires, in any case.
 */
export async function standStill(
  bus: Bus,
  happenings: readonly (keyof Happenings)[],
  mayGoOn: () => boolean,
  { signal, mostMs }: { readonly signal: AbortSignal; readonly mostMs: number },
): Promise<void> {
  if (signal.aborted || mostMs <= 0 || mayGoOn()) return;
  const limit = timeLimit(signal, mostMs);
  await new Promise<void>((resolve) => {
    const look = () => void (mayGoOn() && goOn());
    const goOn = () => {
      for (const happening of happenings) bus.off(happening, look);
      limit.signal.removeEventListener('abort', goOn);
      resolve();
    };
    for (const happening of happenings) bus.on(happening, look);
    limit.signal.addEventListener('abort', goOn);
  });
  limit.clear();
}
